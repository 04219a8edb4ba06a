"""Ways a training pair is varied, so that the model copies what the pipeline asks it to copy.

The pipeline puts English into the French source where the English is already known: a glossary term, a
number, a date, a name. It marks such a stretch with OPEN and CLOSE:

    la production de ⟪ATMPs⟫ atteint ⟪€50 million⟫  ->  production of ATMPs has reached €50 million

so the model must learn to copy a marked stretch letter by letter and fit the sentence around it
(Dinu et al. 2019, "Training neural machine translation to apply terminology constraints"; Song et al. 2019,
"Code-switching for enhancing NMT with pre-specified translation"). A slot stands for something opaque, of a sort that the
grammar around it depends on (`pipeline/translate/sorts.py`):

    le ⟦d0⟧, la ⟦o0⟧ ligne a produit ⟦n0⟧ lots  ->  on ⟦d0⟧, the ⟦o0⟧ line produced ⟦n0⟧ batches
"""
import random
import re
import unicodedata

OPEN, CLOSE = "⟪", "⟫"
# how many slots there are of each sort; the letters are those of pipeline/translate/sorts.py
SORTS = dict(n=5, c=4, q=5, m=4, d=4, p=5, e=2, h=3, o=3, t=5, s=4, a=4, w=7, l=5, v=4)
SLOTS = [f"⟦{sort}{i}⟧" for sort, number in SORTS.items() for i in range(number)]
SYMBOLS = [OPEN, CLOSE, *SLOTS]
MARKED = 0.45  # of all draws of a pair with mentions have them as slots or marked,
SLOTTED = 0.33  # so many as slots

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


def mark(french, english, spans):
    """Put the English of each span into the French, marked."""
    out, last = [], 0
    for start, end, surface in spans:
        out += [french[last:start], f"{OPEN}{surface}{CLOSE}"]
        last = end
    return "".join(out) + french[last:], english


def fill(parts, english, rng, keep=0.97, slots=True):
    """The pair with the mentions of `parts` (see mentions.py) as slots, or marked; each is kept with the chance `keep`.

    Slots are numbered in the order of the French. What finds no slot is marked.
    """
    source, targets, used = [], [], {}
    for part in parts:
        if isinstance(part, str):
            source.append(part)
            continue
        sort, start, end, french = part
        if rng.random() >= keep:
            source.append(french)
        elif slots and used.get(sort, 0) < SORTS[sort]:
            slot = f"⟦{sort}{used.get(sort, 0)}⟧"
            used[sort] = used.get(sort, 0) + 1
            source.append(slot)
            targets.append((start, end, slot))
        else:
            source.append(f"{OPEN}{english[start:end]}{CLOSE}")
    for start, end, slot in sorted(targets, reverse=True):
        english = english[:start] + slot + english[end:]
    return "".join(source), english


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


def vary(french, english, terms, rng, parts=None):
    """One random variation of a pair; most pairs stay as they are.

    `parts`: what the pipeline holds in it (see mentions.py), where that is known.
    """
    r = rng.random()
    if r < MARKED and parts:  # as the pipeline does it: values, terms and names, nearly all of them
        return fill(parts, english, rng, keep=0.6 if r < 0.04 else 0.97, slots=r < SLOTTED)
    if r < MARKED / 2:
        spans = disjoint([*known_values(french, english), *terms.find(french, english), *shared_names(french, english)])
        if spans:
            return mark(french, english, [s for s in spans if rng.random() < 0.95])
    elif MARKED <= r < 0.53:
        shared = sorted(set(NAME.findall(french)) & set(NAME.findall(english)))
        if shared:
            old, new = rng.choice(shared), invented_name(rng)
            marked = f"{OPEN}{new}{CLOSE}" if rng.random() < 0.3 else new
            return re.sub(r"\b%s\b" % re.escape(old), lambda _: marked, french), re.sub(r"\b%s\b" % re.escape(old), lambda _: new, english)
    elif 0.53 <= r < 0.57:
        return french.upper(), english.upper()
    elif 0.57 <= r < 0.58:
        return "".join(c for c in unicodedata.normalize("NFD", french) if not unicodedata.combining(c)), english
    elif 0.58 <= r < 0.62 and french[-1:] in ".!?" and english[-1:] in ".!?":
        return french[:-1], english[:-1]
    return french, english


def retouch(source, target, rng):
    """A pair as it is or, now and then, in capitals or without its last stop: all that a model for back-translation needs."""
    r = rng.random()
    if r < 0.02:
        return source.upper(), target.upper()
    if r < 0.05 and source[-1:] in ".!?" and target[-1:] in ".!?":
        return source[:-1], target[:-1]
    return source, target


if __name__ == "__main__":
    rng = random.Random(1)
    e = "On 1 December 2023, 12 batches were released for €50 million."
    parts = ["Le ", ["d", 3, 18, "1er décembre 2023"], ", ", ["n", 20, 22, "12"], " lots ont été libérés pour ", ["m", 49, 60, "50 M€"], "."]
    print(*fill(parts, e, rng, 1), sep="\n")
    print(*fill(parts, e, rng, 1, slots=False), sep="\n")
