"""A light stemmer for Spanish, made for text with or without accents.

It brings together the forms one thing is asked for in (renovar, renové, renovación, renovaciones) and keeps
apart what differs by one vowel (caso, casa) or by a derivation that changes the meaning (pena, penal). Verb
endings that are also noun endings are only taken from the verbs of `data/spanish_verbs.csv`.
"""

import csv
import re
from functools import lru_cache
from importlib.resources import files

from lenguas.normalise import fold

_LONGEST = 40
_WHOLE = frozenset(
    # words that end like an inflected form and are none
    "antes apenas atras ademas campus caries crisis despues dos entonces gratis jamas jueves lejos lunes mas martes "
    "menos mientras miercoles nosotros oasis paraguas quizas seis sis tesis tras tres veces viernes virus "
    "afuera nada cada todo toda lado estado partida partido medida comida salida sentido contenido apellido mercado "
    "cuidado soldado grado alcaldia vida bebida cita cito caso casa recibo poder lugar hogar mujer taller ayer "
    "militar familiar particular popular escolar celular titular ejemplar similar bienestar azucar dolar collar "
    "alrededor primer tercer cualquier leer ser ver dar ir helada jornada fachada espada ensalada almohada abogado "
    "senado ganado pescado cuadrado privado sagrado fluido unido marido vestido ruido oido nido debido".split()
)
_IRREGULAR = {
    "abierto": "abr", "abierta": "abr", "abertura": "abr", "abre": "abr", "atencion": "atend", "escrito": "escrib",
    "escrita": "escrib", "hecho": "hac", "hecha": "hac", "hago": "hac", "hice": "hac", "hizo": "hac",
    "inscripcion": "inscrib", "inscrito": "inscrib", "inscrita": "inscrib", "suscripcion": "suscrib",
    "muerte": "muerte", "muerto": "mor", "muerta": "mor", "murio": "mor", "fallecio": "fallec", "puedo": "pod",
    "puede": "pod", "pueden": "pod", "podria": "pod", "quiero": "quer", "quiere": "quer", "quieren": "quer",
    "quisiera": "quer", "querer": "quer", "tengo": "ten", "tiene": "ten", "tienen": "ten", "tener": "ten",
    "tenia": "ten", "tuve": "ten", "traigo": "tra", "traer": "tra", "obtengo": "obten", "pidio": "ped",
    "solicitud": "solicit", "expedicion": "exped", "correccion": "correg", "correg": "correg",
    "apertura": "abr", "conduzco": "conduc", "vencimiento": "venc", "cierre": "cerr", "peticion": "ped",
    "reposicion": "repon", "emision": "emit", "adopcion": "adopt", "meses": "mes", "paises": "pais",
    "intereses": "interes", "jueces": "juez", "veces": "vez", "luces": "luz", "paz": "paz", "gases": "gas",
    "dioses": "dios", "voces": "voz", "cruces": "cruz", "redes": "red", "leyes": "ley", "reyes": "rey",
}  # fmt: skip
