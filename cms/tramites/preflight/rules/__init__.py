"""The rules, by what they look at. Importing this package registers them.

The articles are those of Ley 27444 itself; the numbers of its consolidated text (TUO) are others and are not given.
"""

from cms.tramites.preflight.rules import completeness, fees, forbidden, legal, periods, sentences, terms

__all__ = ["completeness", "fees", "forbidden", "legal", "periods", "sentences", "terms"]
