"""Answers read aloud: plain text made speakable in Spanish and Quechua, and the engines that speak it."""
