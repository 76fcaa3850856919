"""Every place a citizen or another program reads a fee in, asked over HTTP."""

from dataclasses import dataclass

import httpx

from tests.evaluation.citizen import call
from tests.functional.editing.sheets import RENEWAL

QUESTIONS = {"es": "¿y cuánto cuesta?", "qu": "¿haykataq chanin?"}
API = "/api/v1"


@dataclass(frozen=True)
class Everywhere:
    """What all places of one site say of a ficha, by the name of the place."""

    url: str

    def told(self, codigo: str = RENEWAL) -> dict[str, str]:
        said = {}
        with httpx.Client(base_url=self.url, timeout=20, trust_env=False) as http:
            for locale, question in QUESTIONS.items():
                for place, path in self._paths(codigo, locale).items():
                    said[f"{place} {locale}"] = http.get(path).text
                said[f"chat {locale}"] = self._chat(http, codigo, locale, question)
            linked = {"Accept": "application/ld+json"}
            said["linked data"] = http.get(f"{API}/tramites/{codigo}", headers=linked).text
        return said

    def notes(self, codigo: str = RENEWAL) -> list[str]:
        """What the public history of a ficha says of each change, the newest first."""
        told = httpx.get(f"{self.url}{API}/tramites/{codigo}/revisiones", trust_env=False).json()
        return [row["nota"] for row in told["results"]]

    def found(self, query: str, locale: str) -> list[str]:
        """The codes a search finds, best first."""
        with httpx.Client(base_url=self.url, timeout=20, trust_env=False) as http:
            told = call(http, "GET", f"{API}/search", params={"q": query, "locale": locale})
        return [row["codigo"] for row in told["results"]]

    def _paths(self, codigo: str, locale: str) -> dict[str, str]:
        return {
            "page": f"/{locale}/tramites/{codigo}/",
            "ficha": f"{API}/tramites/{codigo}?locale={locale}",
            "aspect": f"{API}/tramites/{codigo}/aspectos/costo?locale={locale}",
        }

    def _chat(self, http: httpx.Client, codigo: str, locale: str, question: str) -> str:
        begun = call(http, "POST", f"{API}/conversations", json={"locale": locale, "codigo": codigo})
        headers = {"Authorization": f"Bearer {begun['token']}"}
        body = {"client_id": f"{locale}-{begun['id']}", "text": question}
        told = call(http, "POST", f"{API}/conversations/{begun['id']}/messages", json=body, headers=headers)
        return " ".join(line["text"] for line in told["messages"])
