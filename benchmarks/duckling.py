# ruff: noqa: E501  # tables of patterns
"""Other people's tests: duckling's French corpus against this recogniser.

    python benchmarks/duckling.py DUCKLING [-v]

DUCKLING is a checkout of github.com/facebook/duckling; none of it is kept here. Every example is one row: a text that is
wholly one value. Its texts are spoken to an assistant on 12 February 2013; what no document says is counted apart under its
reason.
"""

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from valuerows import Row, report, rounded

from pipeline.model import Lang

TODAY = "2013-02-12"
KINDS = {
    "Numeral": "numbers", "Ordinal": "ordinals", "AmountOfMoney": "money", "Quantity": "units", "Volume": "units", "Distance": "units",
    "Temperature": "temperatures", "Duration": "durations", "Time": "dates and times",
}  # fmt: skip
EXAMPLES = re.compile(r"examples \((?P<head>.*?)\)\s*\n\s*\[(?P<texts>.*?)\n\s*\]", re.DOTALL)
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
GRAINS = {"Second": "S", "Minute": "M", "Hour": "H"}
DAY = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)"
CLOCK = re.compile(r"(?i)\d ?h|heures?\b|(?<!-)\bmidi\b|minuit")  # a row that names an hour asks for it, whatever else it says
REASONS = {
    "a letter for thousands or millions without a currency (3000K, 1,2M, 3k)": r"^-?[\d,]+(?-i:[KMGk])$",
    "no whole part (,0012G), a dash and a space (- 10 degres), digits and words (trente 3)": r"^-?,|^- |^trente 3",
    "a lone un: an article (une Tasse, une sec)": r"^une?(?: tasse| sec)?$",
    "slang and what has several senses (balles, pouloutes, livres, pounds, rials, 45°, 1\", 2')": r"balles|poulou|livres$|pounds$|rials|riyals|"
    r"\d[\"'°]$",
    "a number of degrees without the word (10 en dessous de zero)": r"^10 en dessous",
    "deictic in a story or talk (maintenant, la veille, le lendemain, le jour d'avant, plus tard)": r"mainten|tout de suite|^ce jour|veille|"
    r"lendemain|jour (?:d'avant|d'apr|pr|sui)|derniers? jour|plus tard(?! que)|en ce moment|^dans la journée|un jour après|deux jours|"
    r"^aujourd'hui(?! à)",
    "a weekday alone, or reckoned from the week (lundi, mardi en huit, lundi de la semaine prochaine)": rf"^(?:ce )?(?:lun\.|{DAY})$|"
    rf"^{DAY} (?:(?:de )?(?:la|cette) semaine|suivant|d'après|en (?:huit|8|quinze|15))|^(?:le )?premier {DAY}",
    "a day without its month (le 2, mercredi 13, du 13 au 18)": rf"^(?:le |{DAY} |à partir du )\d\d?(?:$| [àvp])|^(?:du|entre le) 13e? (?:au|et)"
    r" (?:le )?(?:18|dix-huit)$|^entre le 13 et le dix|^du 13e au dix",
    "digits parted by spaces, day and month without a year or article (17 02, 31/10)": r"\d\d? \d\d?(?: \d+)?$|^\d\d?/\d\d?$",
    "reckoned from now (dans deux mois, il y a, d'ici, les prochains): the length is the value here": r"^dans (?!l'apr)|il y a|d'ici|prochain(?:e?s)|"
    r"derni[eè]res|derniers?\b(?=.*jours?)|(?:heures|mois|semaines?|année) suivante?s?$|pass[ée]e?s$|d'après$|qui suit|2 derniers",
    "parts of the day, without a clock time (ce soir, dans la matinée, le déjeuner)": r"matin$|matin |matinée|soirée|soir$|d[ée]jeuner|journée|"
    r"après-midi|le travail",
    "parts of a week, month or year without a name (en fin de semaine, au début du mois), week-ends, fortnights": r"(?:premi|derni)[eè]re semaine d|"
    r"semaine du|^en semaine|(?:début|milieu|fin) de (?:la )?semaine|fin (?:de|d'|du) ?(?:mois|année)$|"
    r"(?:fin|début|milieu) (?:de l'|du |d')?(?:mois$|année$)|début de mois|week-end|quinzaine",
    "feasts": r"noel|noël|nouvel an|fête|pâques|toussaint|jour de l'an|jour des morts|saint|armistice|ascension|pentec|halloween|valentin",
    "hours without their word (entre midi et 2, de 5 à 7)": r"midi et 2$|de 5 à 7$",
    "seasons and quarters spoken of from now (cet été, cet hiver)": r"^cet? (?:été|hiver|automne|printemps)",
    "time zones": r"(?-i:CET|GMT)",
}
TIMED = ("a weekday", "a day without", "parts of the day", "deictic")  # classes that a named hour takes a row out of


def rows(folder: Path) -> Iterator[Row]:
    """The examples of the French corpus, one row each."""
    for name, kind in KINDS.items():
        source = (folder / f"Duckling/{name}/FR/Corpus.hs").read_text("utf-8")
        source = source[source.index("\nallExamples") :]
        for match in EXAMPLES.finditer(source):
            for string in STRING.findall(match["texts"]):
                text = string.replace('\\"', '"')
                needs = needs_of(kind, match["head"], text)
                yield Row(Lang.FR, kind, text, 0, len(text), needs, TODAY, reason(text) or ("" if needs else "no value to compare"))


def reason(text: str) -> str:
    told = CLOCK.search(text) and not re.search("heure du déj", text)
    return next(
        (why for why, pattern in REASONS.items() if re.search(pattern, text, re.I) and not (told and why.startswith(TIMED))), ""
    )


def needs_of(kind: str, head: str, text: str) -> tuple[frozenset[str], ...]:
    if kind == "dates and times":
        return moments(head, text)
    length = re.match(r"DurationData (\d+) (\w+)", head)
    if length:
        return (frozenset({f"t:P{'T' if length[2] in GRAINS else ''}{length[1]}{length[2][0]}"}),)
    pair = re.search(r"\((\d+), (\d+)\)", head)
    numbers = pair.groups() if pair else re.findall(r"-?\d+(?:\.\d+)?", head)[:1]
    return tuple(frozenset({f"n:{rounded(Fraction(n))}"}) for n in numbers)


def moments(head: str, text: str) -> tuple[frozenset[str], ...]:
    """The ends of an interval or the one moment that an example stands for, to its grain."""
    grain = head.split()[-1]
    times = [[int(n) for n in t.split(",")] for t in re.findall(r"\(((?:\d+, ){5}\d+)\)", head)]
    if not times:
        return ()
    if len(times) == 2 and re.match(r"fin |début |mi-", text):
        part = {"f": "late", "d": "early", "m": "mid"}[text[0]]
        return (frozenset({f"t:period:--{times[0][1]:02}:{part}"}),)
    if len(times) == 2:
        times[1] = before(times[1], grain)
    return tuple(need for t in times for need in moment(t, grain, text))


def before(moment: list[int], grain: str) -> list[int]:
    """An end that duckling writes as the first moment after it."""
    year, month, day, hour, minute, _ = moment
    if grain == "Day":
        last = date(year, month, day) - timedelta(1)
        return [last.year, last.month, last.day, 0, 0, 0]
    total = hour * 60 + minute - (60 if grain == "Hour" else 1)
    return [year, month, day, total // 60, total % 60, 0]


def moment(t: list[int], grain: str, text: str) -> list[frozenset[str]]:
    year, month, day, hour, minute, _ = t
    if grain == "Year":
        return [frozenset({f"t:{year:04}"})]
    if grain == "Month":
        return [frozenset({f"t:{year:04}-{month:02}", f"t:XXXX-{month:02}"})]
    if grain == "Week":
        week = date(year, month, day).isocalendar()
        return [frozenset({f"t:{week.year:04}-W{week.week:02}"})]
    whole = frozenset({f"t:{year:04}-{month:02}-{day:02}", f"t:XXXX-{month:02}-{day:02}"})
    if grain == "Day":
        return [whole]
    clock = frozenset({f"t:T{hour:02}:{minute:02}"})
    dated = re.search(r"janv|f[ée]v|mars|avril|mai\b|juin|juil|août|sept|oct|nov|d[ée]c|/\d|demain", text)
    return [whole, clock] if dated else [clock]


if __name__ == "__main__":
    report(rows(Path(sys.argv[1])), "-v" in sys.argv)
