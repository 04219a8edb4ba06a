"""Ways a training pair is varied, so that the model copies what the pipeline asks it to copy.

The pipeline puts English into the French source where the English is already known: a glossary term, a
number, a date, a name. It marks such a stretch with OPEN and CLOSE:

    la production de ⟪ATMPs⟫ atteint ⟪€50 million⟫  ->  production of ATMPs has reached €50 million

so the model must learn to copy a marked stretch letter by letter and fit the sentence around it
(Dinu et al. 2019, "Training neural machine translation to apply terminology constraints"; Song et al. 2019,
"Code-switching for enhancing NMT with pre-specified translation"). A slot ⟦0⟧…⟦9⟧ stands for something opaque.
"""
import random
import re
import unicodedata

OPEN, CLOSE = "⟪", "⟫"
SLOTS = [f"⟦{i}⟧" for i in range(10)]
SYMBOLS = [OPEN, CLOSE, *SLOTS]

MONTHS = dict(zip(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "January February March April May June July August September October November December".split()))
DATE = re.compile(r"\b(1er|\d{1,2}) (%s)(?: (\d{4}))?\b" % "|".join(MONTHS), re.I)
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ .]\d{3})+(?:,\d+)?(?![\w])|(?<![\w.,])\d+(?:,\d+)?(?![\w])")
MONEY = re.compile(r"(?<![\w.,])(\d[\d ]*(?:,\d+)?) (millions?|milliards?) d['’]euros|(?<![\w.,])(\d[\d ]*(?:,\d+)?) euros\b")
NAME = re.compile(r"\b[A-Z][\w-]{3,}\b")
SYLLABLES = "no va cel gen thi ra bio lex or mi san del qui tor ex pha lor ul is sto ber tin ka ma rel vec ly za".split()


def english_number(text):
    whole, _, part = text.replace(".", " ").partition(",")
    whole = re.sub(r"\D", "", whole)
    if len(whole) > 4 or " " in text.strip():
        whole = f"{int(whole):,}"
    return f"{whole}.{part}" if part else whole


def known_values(french, english):
    """(start, end, English surface) of each number, date and amount whose English stands in the target."""
    found = []
    for m in DATE.finditer(french):
        day, month, year = m[1].replace("1er", "1"), MONTHS[m[2].lower()], m[3]
        forms = [f"{day} {month}", f"{month} {day}"] if not year else [
            f"{day} {month} {year}", f"{month} {day}, {year}", f"{day} {month}, {year}"]
        found += [(m.start(), m.end(), f) for f in forms if f in english][:1]
    for m in MONEY.finditer(french):
        n = english_number(m[1] or m[3])
        scale = {"millions": "million", "million": "million", "milliards": "billion", "milliard": "billion"}.get(m[2] or "")
        forms = [f"€{n} {scale}", f"{n} {scale} euros", f"EUR {n} {scale}"] if scale else [f"€{n}", f"{n} euros", f"EUR {n}"]
        found += [(m.start(), m.end(), f) for f in forms if f in english][:1]
    for m in NUMBER.finditer(french):
        n = english_number(m[0])
        if re.search(r"(?<![\d.,])%s(?![\d])" % re.escape(n), english):
            found.append((m.start(), m.end(), n))
    found.sort(key=lambda x: (x[0], -x[1]))
    kept, last = [], 0
    for start, end, surface in found:
        if start >= last:
            kept.append((start, end, surface))
            last = end
    return kept


def stem(word):
    return word.rstrip("sx")


class Terms:
    """French terms with their English, found in a pair on both sides; plurals count."""

    def __init__(self, rows):
        self.by_first = {}
        for fr, en in rows:
            words = fr.lower().split()
            if not 1 <= len(words) <= 6 or not 3 < len(fr) < 60 or fr.lower() == en.lower():
                continue
            self.by_first.setdefault(stem(words[0]), []).append(([stem(w) for w in words], en))
        for entries in self.by_first.values():
            entries.sort(key=lambda e: -len(e[0]))

    def find(self, french, english):
        spans = [(m.start(), m.end()) for m in re.finditer(r"[\w-]+", french)]
        words = [stem(french[a:b].lower()) for a, b in spans]
        low, i = english.lower(), 0
        while i < len(words):
            for entry, en in self.by_first.get(words[i], ()):
                if words[i:i + len(entry)] == entry:
                    m = re.search(r"(?<!\w)%s(?:s|es)?(?!\w)" % re.escape(en.lower()), low)
                    if m:
                        yield spans[i][0], spans[i + len(entry) - 1][1], english[m.start():m.end()]
                        i += len(entry) - 1
                        break
            i += 1


def mark(french, english, spans, rng, slots=False):
    """Put the English of each span into the French, marked; or a slot into both sides."""
    out, last, used = [], 0, 0
    for start, end, surface in spans:
        out.append(french[last:start])
        if slots and used < 10 and english.count(surface) == 1:
            out.append(SLOTS[used])
            english = english.replace(surface, SLOTS[used])
            used += 1
        else:
            out.append(f"{OPEN}{surface}{CLOSE}")
        last = end
    return "".join(out) + french[last:], english


CAPITALISED = re.compile(r"(?<![\w'-])[A-ZÀ-Ý][\w'-]*[\w](?:(?: (?:de|du|des|la|le|van|von))? [A-ZÀ-Ý][\w'-]*\w)*")


def shared_names(french, english):
    """(start, end, surface) of capitalised stretches of the French sentence that stand letter by letter in the English.

    A stretch that begins the sentence counts without its first word (`Selon Fanta Diallo` → `Fanta Diallo`).
    """
    for m in CAPITALISED.finditer(french):
        for word in re.finditer(r"(?:^|(?<= ))[A-ZÀ-Ý]", m[0]):
            start = m.start() + word.start()
            surface = french[start:m.end()]
            if start and len(surface) > 2 and re.search(r"(?<!\w)%s(?!\w)" % re.escape(surface), english):
                yield start, m.end(), surface
                break


def disjoint(spans):
    """The spans in order, without those that overlap an earlier one; a longer one goes first where two begin together."""
    kept, last = [], 0
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if span[0] >= last:
            kept.append(span)
            last = span[1]
    return kept


def invented_name(rng):
    stem = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4)))
    return rng.choice([stem.capitalize(), stem.upper(), stem.capitalize() + rng.choice(["CURE", "Tx", "-B", "Pharma", "is"])])


def vary(french, english, terms, rng):
    """One random variation of a pair; most pairs stay as they are."""
    r = rng.random()
    if r < 0.45:  # as the pipeline does it: values, terms and names, nearly all of them
        keep = 0.5 if r < 0.05 else 0.95
        spans = [*known_values(french, english), *terms.find(french, english), *shared_names(french, english)]
        spans = [s for s in disjoint(spans) if rng.random() < keep]
        if spans:
            return mark(french, english, spans, rng, slots=0.05 < r < 0.18)
    elif r < 0.53:
        shared = sorted(set(NAME.findall(french)) & set(NAME.findall(english)))
        if shared:
            old, new = rng.choice(shared), invented_name(rng)
            marked = f"{OPEN}{new}{CLOSE}" if rng.random() < 0.3 else new
            return re.sub(r"\b%s\b" % re.escape(old), lambda _: marked, french), re.sub(r"\b%s\b" % re.escape(old), lambda _: new, english)
    elif r < 0.57:
        return french.upper(), english.upper()
    elif r < 0.58:
        return "".join(c for c in unicodedata.normalize("NFD", french) if not unicodedata.combining(c)), english
    elif r < 0.62 and french[-1:] in ".!?" and english[-1:] in ".!?":
        return french[:-1], english[:-1]
    return french, english


if __name__ == "__main__":
    rng = random.Random(1)
    demo = Terms([("médicament de thérapie innovante", "advanced therapy medicinal product"), ("lot", "batch")])
    f = "Le 1er décembre 2023, 12 lots de médicaments de thérapie innovante ont été libérés pour 50 millions d'euros."
    e = "On 1 December 2023, 12 batches of advanced therapy medicinal products were released for €50 million."
    spans = sorted(known_values(f, e) + list(demo.find(f, e)))
    print(mark(f, e, spans, rng)[0])
    print(*mark(f, e, spans, rng, slots=True), sep="\n")
