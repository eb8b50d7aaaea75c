"""Whether a run can be undone: what would go and return, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import connection

from cables.ingest.touched import replaced, written
from cables.models import ImportRun, Version

EXAMPLES = 20

# A cable that the run created has no version from before; to the others, what came after the run's own first version
# came later. Numbers of runs do not tell: a run that was broken off may be gone on with after others. A correction lies
# over whatever form is shown: only where the cable itself would go, it would be lost.
_HINDRANCES = """
WITH first AS (
    SELECT cable_id, min(id) AS id FROM cables_version WHERE recorded_in_id = %(run)s GROUP BY cable_id
), later AS (
    SELECT version.cable_id, version.recorded_in_id AS run FROM cables_version version JOIN first USING (cable_id)
    WHERE version.id > first.id AND version.recorded_in_id IS DISTINCT FROM %(run)s
    UNION
    SELECT version.cable_id, version.recorded_in_id FROM cables_version version
    JOIN cables_cable cable ON cable.id = version.cable_id
    WHERE cable.run_id = %(run)s AND version.recorded_in_id IS DISTINCT FROM %(run)s AND NOT EXISTS (
        SELECT FROM cables_version before
        WHERE before.cable_id = cable.id AND before.recorded_in_id = %(run)s AND before.run_id IS DISTINCT FROM %(run)s
    )
    UNION
    SELECT cable_id, recorded_in_id FROM cables_version
    WHERE run_id = %(run)s AND recorded_in_id IS DISTINCT FROM %(run)s
), corrected AS (
    SELECT cable_id, array_agg(field ORDER BY field) AS fields FROM cables_correction
    WHERE cable_id IN (SELECT id FROM cables_cable WHERE run_id = %(run)s) AND NOT EXISTS (
        SELECT FROM cables_version before
        WHERE before.cable_id = cables_correction.cable_id AND before.recorded_in_id = %(run)s
          AND before.run_id IS DISTINCT FROM %(run)s
    )
    GROUP BY cable_id
), withheld AS (
    SELECT cable.id AS cable_id FROM cables_withholding JOIN cables_cable cable ON cable.id = cable_id
    WHERE run_id = %(run)s AND NOT EXISTS (
        SELECT FROM cables_version before
        WHERE before.cable_id = cable.id AND before.recorded_in_id = %(run)s AND before.run_id IS DISTINCT FROM %(run)s
    )
), hindrance AS (
    SELECT cable_id, CASE WHEN run IS NULL THEN 'another run, of which the archive keeps no record'
                          ELSE 'Run ' || run END || ' brought another form of it, or read it again' AS why FROM later
    UNION ALL
    SELECT cable_id, 'corrected by hand: ' || array_to_string(fields, ', ') FROM corrected
    UNION ALL
    SELECT cable_id, 'withheld from the public: imported again, it would be seen' FROM withheld
)
SELECT (SELECT count(DISTINCT cable_id) FROM hindrance), cable.identifier, hindrance.why
FROM hindrance JOIN cables_cable cable ON cable.id = hindrance.cable_id ORDER BY cable.id, why LIMIT %(examples)s
"""


@dataclass(frozen=True, slots=True)
class Examined:
    """What undoing a run would do: so many cables `go`, so many are `returning` to the form shown before, and so many
    `forms` that the run brought besides go.

    `refusal` says why the run cannot be undone at all, "" if it can. `hindered` cables stand against it: `hindrances`
    are the first of them, each with the reason.
    """

    go: int = 0
    returning: int = 0
    forms: int = 0
    refusal: str = ""
    hindered: int = 0
    hindrances: list[tuple[str, str]] = field(default_factory=list)

    @property
    def possible(self) -> bool:
        """Whether the run can be undone."""
        return not self.refusal and not self.hindered

    @property
    def more(self) -> int:
        """How many cables stand against it that `hindrances` does not name."""
        return self.hindered - len({identifier for identifier, _ in self.hindrances})

    def __str__(self) -> str:
        if self.refusal or not self.hindered:
            return self.refusal
        told = "; ".join(f"{identifier}: {why}" for identifier, why in self.hindrances)
        more = f"; and {self.more} more" if self.more else ""
        return f"{self.hindered} of its cables stand against it. {told}{more}."


def examine(run: ImportRun) -> Examined:
    """Return what undoing the run would do, and what stands against it."""
    if refusal := _refusal(run):
        return Examined(refusal=refusal)
    with connection.cursor() as cursor:
        cursor.execute(_HINDRANCES, {"run": run.pk, "examples": EXAMPLES})
        rows = cursor.fetchall()
    if rows:
        return Examined(hindered=rows[0][0], hindrances=[(identifier, why) for _, identifier, why in rows])
    returning = replaced(run).count()
    go = written(run).count() - returning  # nothing stands against it: all that it changed is shown as it left it
    recorded = Version.objects.filter(recorded_in=run).count()
    if go < run.created or recorded < run.updated:
        return Examined(
            refusal="Not all that it did can be told any more: it ran before the archive recorded what a run changes."
        )
    if not go and not recorded:
        return Examined(refusal="It has brought nothing that could be taken back.")
    return Examined(go, returning, recorded - returning)


def _refusal(run: ImportRun) -> str:
    """Return why a run of this kind, or in this state, is not undone; "" for one that may be."""
    if run.undone_by_id:
        return f"It is undone already, by Run {run.undone_by_id}."
    if getattr(run, "undoes", None):
        return "An undoing is not undone: import the same file again."
    if Version.objects.filter(recorded_in=run, former_reading=True).exists():
        return "It has read again what was held: nothing came in that could be taken back."
    return ""
