# ruff: noqa: E501  # tables of patterns
"""Other people's tests: the French and English specs of microsoft/Recognizers-Text against this recogniser.

    python benchmarks/recognizers.py SPECS [-v]

SPECS is the folder `Specs` of a checkout of github.com/microsoft/Recognizers-Text; none of it is kept here. A row is one
expected result. It is found when one of our mentions overlaps it, exact when the value is the same and of the right type
(money is no bare number). Rows that ask for what this project leaves alone on purpose, or that are no values of running
text, are counted apart under their reason.
"""

import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from valuerows import Row, report, rounded

from pipeline.model import Lang

MODELS = {
    "Number/{}/NumberModel": "numbers", "Number/{}/OrdinalModel": "ordinals", "Number/{}/PercentModel": "percent",
    "NumberWithUnit/{}/CurrencyModel": "money", "NumberWithUnit/{}/DimensionModel": "units",
    "NumberWithUnit/{}/TemperatureModel": "temperatures", "NumberWithUnit/{}/AgeModel": "ages",
    "DateTime/{}/DateTimeModel": "dates and times",
}  # fmt: skip
DAY, HOUR = r"(?:\d{4}|XXXX)-\d\d-\d\d", r"T\d\d(?::\d\d){0,2}"
TIMEX = re.compile(
    rf"\d{{4}}|(?:\d{{4}}|XXXX)(?:-\d\d(?:-\d\d)?|-W\d\d)|{HOUR}|{DAY}{HOUR}|P\d+(?:\.\d+)?[YMWD]|PT\d+(?:\.\d+)?[HMS]"
)
RANGE = re.compile(rf"\(({DAY}|{HOUR}|{DAY}{HOUR}),({DAY}|{HOUR}|{DAY}{HOUR}),P[^)]*\)")
CLOCK = re.compile(
    r"(?i)\d ?h|heure|:\d|[ap]\.? ?m|midi|minuit|noon|midnight|o.?clock|\bpast\b|\d ?(?:sec|min)|hour|matin|soir|night"
)
NOW = re.compile(
    r"(?i)\b(?:now|maintenant|today|aujourd'hui|current date|(?:next|last|this) week|same year|même année|this month)\b.*(?:.|$)"
)
RELATIVE = re.compile(
    r"(?i)\b(?:yesterday|tomorrow|hier|demain|avant-hier|après-demain|(?:last|next|this) (?:week|month|year|[a-z]+ber|january|february|"
    r"march|april|may|june|july|august)|(?:la )?semaine (?:dernière|prochaine)|(?:le )?mois (?:dernier|prochain)|cette (?:année|semaine)|"
    r"(?:l')?an(?:née)? (?:derni\w+|prochaine?)|ce(?:tte)? (?:mois d[e'] ?)?(?:janvier|février|mars|avril|mai|juin|juillet|août|\w+bre))\b"
)
ANY = {
    "a lone one, un, a: an article or a pronoun (one, one penny, un ans)": r"^(?:one|une?|an?)$|^(?:one|une?|an?)[ -](?:penny|yen|ans|dollar and|"
    r"kuai|drachma)",
    "Indian counting (lakh, crore, 12,34,567) and slang (mao, kuai, mil, MAUD)": r"lakh|crore|\d,\d\d,\d{3}|\bmao\b|mil$|maud|元",
    "dozens: round words that stay (a dozen, three dozens, une douzaine de plus)": r"(?<!une )(?<!demi-)douzaine|doz(?:en)?s?\b|dzs|score",
    "powers of bases other than ten (2.5^-1)": r"(?<!10)\^",
    "a letter for thousands or millions without a currency (10k, 1.2b, 10 bln)": r"\d ?(?:k|m|b|g|t|mm|bln|tln)$|\d ?[kK] [kK]$",
    "the sign by an adjective before a French number (négatif cinq)": r"négati|- *$",
    "a dash and a space before the number: a bullet or a dash in running text": r"^-\s",
    "digits and words in one number (4 thousand 3 hundred and 21; 46 cents are coins)": r"^\d[\d,.]* (?:hundred and|thousand|cents?)\b|\d mille \d",
    "no whole part (.08, ,23456)": r"^-?[.,]\d",
}
ANY |= {
    "currencies that are gone, virtual or rare, or of which there are several (francs, guilders, bitcoins, ₾, livres, pence)": r"(?<!swiss )\bfrancs?$|"
    r"markka|mark fin|guilders|florins|peset?was|pesewas|pesetas|bitcoin|BTC|₿|satoshi|[₡₾₭ரூ]|^sen |pence$|^\d+ centimes$|12-cent|livres$|roupies$|pounds$",
    "a guess at hundredths without cents (15 dollars and 15, c $ 100 and fifty)": r"dollars? (?:et|and) \d\d$|and fifty$|dollars forty five$|USD 50$",
    "feet and inches together; turns; m or t glued to a number in English (million, metre, ton)": r"f(?:ee|oo)?t .*\d in|tours?$|turns?$|"
    r"^\d[\d.]*[mt]$|\bmi$",
    'a unit in brackets or glued by a hyphen in French; ° or " or mb alone (1° is a point of a list)': r"[(\[{<]kg|^trois-|^2,5-km|°$|\"$|(?-i:\bmb$)",
    "percent before its number, or percentage for percent": r"percentage|pourcentages?|^(?:per ?cents?|pourcent) ",
}
FRACTIONS = {
    "one of so many (1 in 20, un sur trois, one over three): two numbers and the words between": r"\bsur\b|\bover\b|out of|\bin\b",
    "a ten, hundred or thousand right before the part, which the specs read both ways (cent trente cinquièmes is 26 and is 2.86)": r"(?:vingt|"
    r"trente|cent|mille|twenty|thirty|hundred|thousand)[ -](?:and |et[ -])?(?:une? )?(?:\w+ths?|\w+firsts?|\w+i[eè]mes?)$",
    "a part of the million before it (six million and two thirds)": r"(?:million|billion|milliard)s? (?:and|et) (?!demi$|an? (?:half|quarter)$)",
    "billionths and trillionths; quatrième for quart": r"illionths?$|illioni[eè]mes?$|quatri[eè]me",
}
MONTH = r"(?:janv|jan|f[eé]v|feb|mar|a[pv]r|mai|may|jui|jul|jun|ao[uû]t|aug|sept|oct|nov|d[ée]c)"
STATED = (
    rf"\d{{4}}|/\d\d$|\.\d\d$|-\d\d$|'\d\d|\d0s|siècle|century|nineteen|seventeen|two thousand|deux mille|dix neuf|"
    rf"(?i:\b(?!mardi){MONTH}\w*(?: first| of)? \d\d$)"
)
DAY_SAID = re.compile(r"(?i)(?<!\w)(?:le|du|au|vendredi|friday) $")
IN_NAME = re.compile(r"(?:\w_\w|\w/)\S*$")
DATES = {
    "vague lengths, of which no number is stated (some days, all week, un autre jour)": r"\b(?:all|some|few|several|another|quel ?ques|"
    r"plusieurs|toute?|autre)\b|^(?:an?|the|un|une|one) (?:hour|day|week|jour|seconde|second)$",
    "feasts and days with a name": r"(?i)christmas|easter|independence|indépendance|no[ëe]l|p[âa]ques|patrick|friday (?:noir|20)|vendredi noir|black friday|earth day|"
    r"jour de la terre|juneteenth|freedom|jubilee|travailleurs|workers|eid|thanksgiving|new year|nouvel an|valentin|halloween|mother|father",
    "nights as lengths": r"\bnights?\b|\bnuits?\b",
    "reckoning from another date (16 days from, two years since, the 4th day of)": r"(?:days?|weeks?|months?|years?|hours?|minutes?|jours?|"
    rf"semaines?|mois|ans?|années?|heures?) (?:from|since|before|after|à partir|après|avant|depuis|starting)\b|\bjour d[eu] (?!{MONTH})|\bday of (?!{MONTH})|"
    rf"month of|week of|semaine de\b|(?:for|pendant) [\w.]+ (?:hours|hrs|heures|minutes)|(?:weeks?|semaines?|months|ten days) of|starting|last week of",
    "orders that nobody writes (2020/23/sep, september-2020-23, 23-2020-september)": r"(?i)^\d{4}/\d\d?/[a-z]|^[a-zéû]+-\d{4}-\d|"
    r"^\d\d?-\d{4}-[a-z]|^[a-z]{3}-\d\d?-\d{4}|^\d{4}[-/][a-zéû]+[-/]\d",
    "digits without marks, or with spaces alone (20161016, 02 04 2009): a code, a telephone, columns": r"^\d{8}$|^\d{1,4} \d\d? \d{2,4}$",
    "chat (11ish, 7ampm, 7p, 3 p . m ., 1140 a.m., oclock, mid night)": r"ish$|ampm|\dp$|p \. m|^\d\.am|1140|mid night|^\d[dyw]$|mar3|dec31",
    "day and month in digits without a year: a fraction, a decimal or a score (22/04, 5.12, oct/2)": r"(?i)^\d\d?[./-]\d\d?$|"
    r"(?:friday|vendredi) \d\d?[.-]\d\d?$|^[a-zé]+/\d\d?$|(?:^|from |de |entre |between )(?:ce |this |next |prochain )?"
    r"\d\d?[./]\d\d?(?: (?:to|à|au|before|avant|between|entre)|-|,|$)",
    "year and month in digits (2015-3, 12-2015): a number of a file or law": r"^\d{4}-\d\d?$|^\d\d?-\d{4}$",
    "an hour or day without its word (at 7, le 18 et)": r"^\d\d?$|in the (?:morning|afternoon) at|(?:matin|midi) [aà] 7$",
    "month before day, which is no French": r"(?i)^(?:mai|mars|novembre|septembre|octobre) (?:vingt|\d\d?(?!\d))",
}
SLIPS = frozenset(
    (
        "-92321312.0",
        "43894.0",
        "2019.0",
        "trois vingt premières",
        "vendredi 7 juin",
        "vendredi 07/06",
        "vingt et un trillions",
        "vingt et un trillions et trois cents",
        "2 pm",
        "soustraire cinq pour-cent",
        "dix-huirième",
        "nineth",
        "toute le jour",
        "vingt et quatre heures",
        "dizième",
        "34.9 centigrate",
    )
)
# rows whose value contradicts their own text, by the whole text
SLIP_TEXTS = (
    "Je serai absent de 14h30 à 14h15",  # its value is 02:30
    "L'APEC aura lieu en Corée du 5 novembre au 5 février 2017",  # its value is 1 November
    "book me a meeting room tomorrow from 10am-12am tomorrow",  # its value is noon
)  # fmt: skip


def rows(folder: Path) -> Iterator[Row]:
    """The rows of the specs in both languages."""
    for language, lang in (("French", Lang.FR), ("English", Lang.EN)):
        for model, kind in MODELS.items():
            for case in json.loads((folder / f"{model.format(language)}.json").read_text("utf-8-sig")):
                today = (case.get("Context") or {}).get("ReferenceDateTime", "")[:10] if kind == "dates and times" else ""
                text = re.sub(" {2,}", " ", case["Input"])  # repair leaves no double spaces
                for result in case.get("Results", []):
                    wanted = re.sub(" {2,}", " ", result["Text"])
                    start = max(0, result.get("Start", 0))
                    if text != case["Input"] or text[max(0, start) :][: len(wanted)].lower() != wanted.lower():
                        start = text.lower().find(wanted.lower())
                    resolution, end = result.get("Resolution") or {}, start + len(wanted)
                    why = reason(kind, lang, text, (start, end), wanted, resolution)
                    if not (why or today) and kind == "dates and times" and RELATIVE.search(wanted):
                        why = "relative, and the row does not say to what date"
                    yield Row(lang, kind, text, start, end, needs(resolution), today, why)


def needs(resolution: dict) -> tuple[frozenset[str], ...]:
    """What the row asks for, as writings of which one is enough; of a range both ends, of a date with its time both."""
    if resolution.get("values"):
        readings = [ends(v.get("timex", "")) for v in resolution["values"]]
        return tuple(frozenset(w for writings in parts for w in writings) for parts in zip(*readings, strict=False))
    written = str(resolution.get("value", resolution.get("offset", ""))).rstrip("%").replace(",", ".")
    try:
        return (frozenset({f"n:{rounded(Fraction(Decimal(written)))}"}),)
    except (InvalidOperation, ValueError):
        return (frozenset(),)


def ends(timex: str) -> list[set[str]]:
    """The dates and times that a timex is made of, each in all its writings: `(2014-01-01,2018-05-01,P52M)` is 2014 to
    May 2018, since the first day of a month or year stands for all of it there."""
    pair = RANGE.fullmatch(timex)
    moments = pair.groups() if pair else (timex,)
    return [writings for moment in moments for writings in of_moment(moment, bool(pair))]


def of_moment(timex: str, begins: bool) -> list[set[str]]:
    day, mark, hour = timex.partition("T")
    if mark and day and not day.startswith("P"):
        return [*of_moment(day, False), *of_moment("T" + hour, False)]
    if mark and not day:
        return [{"t:" + re.sub(r"^(T\d\d)$", r"\1:00", timex)}]
    shorter = {timex.removesuffix("-01"), timex.removesuffix("-01-01")} if begins else set()
    return [{"t:" + writing for writing in {timex, *shorter}}]


def reason(kind: str, lang: Lang, text: str, span: tuple[int, int], wanted: str, resolution: dict) -> str:
    """Why a row does not apply to this project; "" when it does."""
    if wanted.lower() in SLIPS or text in SLIP_TEXTS:
        return "the row's own slip (a swapped day, .0 added, a sum instead of a number, a misspelling)"
    for why, pattern in ANY.items():
        if (
            kind != "dates and times"
            and not (kind in ("units", "temperatures") and "letter for" in why)
            and re.search(pattern, wanted, re.I)
        ):
            return why
    if kind == "dates and times":
        return date_reason(text[: span[0]], wanted, resolution) or (
            "a date in the name of a file or an address of the web" if IN_NAME.search(text[: span[0]]) else ""
        )
    if str(resolution.get("value", "")) in ("", "None", "null"):
        return "no value to compare"
    if "relativeTo" in resolution and resolution["relativeTo"] != "start":
        return "relative ordinals (previous, current, next to last)"
    return number_reason(kind, text, span, wanted, resolution)


def number_reason(kind: str, text: str, span: tuple[int, int], wanted: str, resolution: dict) -> str:
    before, after = text[: span[0]][-1:], text[span[1] : span[1] + 2]
    digits = wanted.isdigit() or re.fullmatch(r"\d+\.\d+", wanted)
    if (
        kind == "numbers"
        and digits
        and (
            (before and before in "./-+,")
            or (after[:1] in tuple("./-,") and after[1:].isdigit())
            or len(wanted) > 6
            or wanted.startswith("00")
        )
    ):
        return "digits of something else: a date, telephone, address, list or code; seven and more without group marks"
    if kind in ("numbers", "ordinals") and (resolution.get("subtype") == "fraction" or kind == "ordinals"):
        for why, pattern in FRACTIONS.items():
            if resolution.get("subtype") == "fraction" and re.search(pattern, wanted, re.I):
                return why
        if kind == "ordinals" and re.search(r"(?:mill|bill|trill|milliard)i\w+$|\w+ionth", wanted):
            return "ordinals of thousands and more in words (trois trillionièmes)"
    return ""


def date_reason(before: str, wanted: str, resolution: dict) -> str:
    values = resolution.get("values", [{}])
    if any(v.get("type") == "set" or v.get("value") == "not resolved" for v in values):
        return "dates: sets (every day), days that do not exist"
    if any(re.search(r"T\d\d:\d\d:\d\d", v.get("timex", "")) for v in values) and not re.search(r"\d:\d\d:\d\d", wanted):
        return "a moment to the second that is not written: reckoned from now or from another (in 5 minutes, from 2pm for 2 hours, end of today)"
    if not all(TIMEX.fullmatch(v.get("timex", "")) or RANGE.fullmatch(v.get("timex", "")) for v in values):
        return "dates: what names no calendar date or clock time (parts of the day, seasons, weekends, now, a weekday alone)"
    for why, pattern in DATES.items():
        if re.search(pattern, wanted) and not (why.startswith("day and month") and DAY_SAID.search(before) and "/" in wanted):
            return why
    if any("T" in v.get("timex", "")[1:] or v.get("timex", "").startswith("(T") for v in values) and not CLOCK.search(wanted):
        return "an hour or day without its word (at 7, between 3 and 5, le 18 et)"
    stated = re.search(STATED, wanted)
    if any(re.search(r"\d{4}", v.get("timex", "")) for v in values) and (
        (not stated and not RELATIVE.search(wanted)) or (NOW.search(wanted) and not RELATIVE.fullmatch(wanted))
    ):
        return "reckoned from the moment of speaking (in 3 days, this evening, the coming Friday): no date of a document tells it"
    return ""


if __name__ == "__main__":
    report(rows(Path(sys.argv[1])), "-v" in sys.argv)
