using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.WrapUp;

/// <summary>What came of the coaching, in counts. Colleagues read it who know each other: see docs/decisions/0010-coaching-counts.md.</summary>
internal static class CoachingWords
{
    private const int Fewest = 5;

    public static IEnumerable<string> Of(Snapshot cycle)
    {
        var tasks = cycle.CoachTasks().ToList();
        var (asked, plans, commitments) = (tasks.Count(task => task.Asker is not null), tasks.Count(task => task.HasPlan), cycle.Commitments().Count());
        return
        [
            asked < Fewest ? "" : Say.Text(WrapUpTexts.Coach, asked),
            plans == 0 ? "" : plans < Fewest ? WrapUpTexts.FewPlans : Say.Text(WrapUpTexts.Plans, plans),
            commitments < Fewest ? "" : Say.Text(WrapUpTexts.Commitments, commitments),
        ];
    }
}
