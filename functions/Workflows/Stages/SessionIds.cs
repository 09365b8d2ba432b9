using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages;

/// <summary>The session's id comes from whoever has it first: the accreditor's person, or the coordinator.</summary>
public static class SessionIds
{
    public const int Longest = 60;

    /// <summary>What to mend; null where the id can be taken.</summary>
    public static string? ProblemOf(string typed) =>
        typed.Length > Longest || (typed.Length > 0 && !Roster.IsReadable(typed)) ? Say.Text(StageTexts.SessionIdProblem, Longest) : null;

    /// <summary>What there is to record: nothing where the same was told before, since a change sends mail.</summary>
    public static IEnumerable<SessionIdTold> Told(Visit visit, string typed)
    {
        var before = visit.Cycle.All<SessionIdTold>().SingleOrDefault();
        return typed == (before?.Id ?? "") ? [] : [new SessionIdTold(1, visit.Person.Id, typed, (before?.Number ?? 0) + 1, visit.By, visit.Now)];
    }
}
