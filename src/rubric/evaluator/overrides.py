"""What an override leaves in the trace.

Takes an override with what its condition came to; gives its step. Never points.
"""

from rubric.core import program as core
from rubric.evaluator.outcome import Step, StepKind
from rubric.evaluator.quantities import Setting, Truth


def override_step(override: core.Override, truth: Truth) -> Step:
    """The override as issued, whether it holds, and how its condition was decided."""
    kinds = {
        core.OverrideKind.VETO: StepKind.VETO,
        core.OverrideKind.EXEMPTION: StepKind.EXEMPTION,
        core.OverrideKind.UNDEFINED: StepKind.UNDEFINED,
        core.OverrideKind.GUARD: StepKind.GUARD,
    }
    return Step(
        kinds[override.kind],
        override.effect.value,
        override.text,
        holds=truth.holds,
        children=truth.steps,
        span=override.span,
    )


def about_reading(condition: core.Condition, setting: Setting) -> bool:
    """Whether the override belongs to a reading that is not in force: then it is no step of this trace."""
    match condition:
        case core.All(parts=(core.ReadingIs(choice=choice, index=index), *_)):
            return setting.reading(choice) != index
        case _:
            return False
