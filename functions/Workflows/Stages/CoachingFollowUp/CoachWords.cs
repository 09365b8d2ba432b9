using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Stages.CoachingFollowUp;

/// <summary>A coach's task in words.</summary>
internal static class CoachWords
{
    /// <summary>Who asked, or what the community's task is.</summary>
    public static string What(CoachTask task, Person? asker) =>
        asker is null ? CoachingFollowUpTexts.CommunityTask : Say.Text(CoachingFollowUpTexts.RequestTask, asker.Name);

    /// <summary>Whom the coach calls: who asked, or the Division.</summary>
    public static IEnumerable<PersonId> ToCall(Snapshot cycle, CoachTask task) => task.Asker is { } asker ? [asker] : cycle.Division();

    /// <summary>Their number; null where they gave none.</summary>
    public static string? Phone(Snapshot cycle, CoachTask task) => task.Asker is { } asker
        ? cycle.NewestOf<CoachRequested>(asker)?.Phone
        : cycle.KickOff.Phone;

    /// <summary>What is due by a day, or was, or until when it is put off.</summary>
    public static string Waits(CoachTaskState state, LocalDate due, bool isSnoozed, LocalDate today) => Say.Text(
        (state == CoachTaskState.ToDo, due < today) switch
        {
            (_, false) when isSnoozed => CoachingFollowUpTexts.SnoozedUntil,
            (true, false) => CoachingFollowUpTexts.DueFirst,
            (true, true) => CoachingFollowUpTexts.WasDueFirst,
            (false, false) => CoachingFollowUpTexts.DueNext,
            (false, true) => CoachingFollowUpTexts.WasDueNext,
        },
        Say.Date(due));

    public static string State(CoachTaskState state) => state switch
    {
        CoachTaskState.ToDo => CoachingFollowUpTexts.StateToDo,
        CoachTaskState.Contacted => CoachingFollowUpTexts.StateContacted,
        CoachTaskState.Planned => CoachingFollowUpTexts.StatePlanned,
        CoachTaskState.Done => CoachingFollowUpTexts.StateDone,
        CoachTaskState.NotNow => CoachingFollowUpTexts.StateNotNow,
        _ => CoachingFollowUpTexts.StateNotReached,
    };
}
