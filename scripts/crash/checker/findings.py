"""What was found, counted by what it means."""

KINDS = {
    "lost": "acknowledged or in the log, and not there",
    "ghost": "there, and never asked for",
    "doubled": "one intent, several effects",
    "unbalanced": "ledger transactions whose legs do not add up to zero",
    "drifted": "counters that are not the sum of their postings",
    "sequence": "event sequences missing, repeated, or beside the head",
    "proof": "bytes, tree and signed checkpoints that do not prove each other",
    "differs": "rows that do not say what their event says",
    "damaged": "pages or indexes that the database itself calls wrong",
}

EXAMPLES_MAX = 5


class Findings:
    """A count for each kind, with a few examples to go on from."""

    def __init__(self):
        self.counts = dict.fromkeys(KINDS, 0)
        self.examples = {kind: [] for kind in KINDS}
        self.looked_at = {}

    def add(self, kind, sentence):
        self.counts[kind] += 1
        if len(self.examples[kind]) < EXAMPLES_MAX:
            self.examples[kind].append(sentence)

    def saw(self, what, count=1):
        """Notes how much was looked at: zero findings about zero rows prove nothing."""
        self.looked_at[what] = self.looked_at.get(what, 0) + count

    @property
    def is_clean(self):
        return not any(self.counts.values())

    def as_json(self):
        return {
            "ok": self.is_clean,
            "counts": self.counts,
            "examples": {kind: found for kind, found in self.examples.items() if found},
            "looked_at": self.looked_at,
        }

    def as_text(self):
        lines = [f"{count:>8}  {kind:<11} {KINDS[kind]}" for kind, count in self.counts.items()]
        for kind, examples in self.examples.items():
            lines += [f"{kind}: {example}" for example in examples]
        lines.append("looked at " + ", ".join(f"{count} {what}" for what, count in self.looked_at.items()))
        lines.append("all zero" if self.is_clean else "NOT right")
        return "\n".join(lines)
