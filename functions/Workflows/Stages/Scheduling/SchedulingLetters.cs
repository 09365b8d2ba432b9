using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.Scheduling;

/// <summary>Asks the coordinator for slots and the choosers for marks, and tells them the date.</summary>
public sealed class SchedulingLetters() : StageLetters(StageIds.Scheduling)
{
    public override bool GoesAlone(MessageKey key) => key.Kind == SchedulingPlan.Fixed;

    protected override Task<Letter> WriteOwn(MessageKey key, LetterContext context, CancellationToken cancel) => key.Kind switch
    {
        SchedulingPlan.Propose => Task.FromResult(Propose(context)),
        SchedulingPlan.Ask => Task.FromResult(Ask(key, context)),
        SchedulingPlan.Fixed => Fixed(context, cancel),
        _ => throw new InvalidOperationException($"No letter of kind {key.Kind}."),
    };

    private static Letter Propose(LetterContext context)
    {
        var isFirstRound = context.TheCycle.RoundOf(StageIds.Scheduling)!.Round == 1;
        return context.TheCycle.OutcomeOf<SessionPostponed>(StageIds.Attendance) is not null ? ProposeAfterPostponing(context) : About(
            context,
            isFirstRound ? SchedulingTexts.ProposeSubject : SchedulingTexts.ProposeAgainSubject,
            [Say.Text(isFirstRound ? SchedulingTexts.Propose : SchedulingTexts.ProposeAgain, context.TheCycle.Policy.Scheduling.Slots)],
            ToCycle(context, SchedulingTexts.ProposeButton));
    }

    private static Letter ProposeAfterPostponing(LetterContext context) => About(
        context,
        SchedulingTexts.ProposeSubject,
        [Say.Text(SchedulingTexts.ProposePostponed, context.TheCycle.Policy.Scheduling.Slots)],
        ToCycle(context, SchedulingTexts.ProposeButton));

    private Letter Ask(MessageKey key, LetterContext context)
    {
        var cycle = context.TheCycle;
        var slots = cycle.Answers<SlotsProposed>(cycle.RoundOf(StageIds.Scheduling)!).Single().Slots;
        return About(
            context,
            SchedulingTexts.AskSubject,
            [
                Say.Text(SchedulingTexts.Ask, string.Join("; ", slots.Select(slot => Say.Time(slot, cycle.KickOff.Zone)))),
                Say.Text(SchedulingTexts.AskDeadline, Deadline(context)),
                LastReminder(key, cycle.Policy.Scheduling.Asks),
            ],
            ToAsk(context, SchedulingForm.Page, RoleOf(key.Person, cycle), SchedulingTexts.AskButton));
    }

    private static async Task<Letter> Fixed(LetterContext context, CancellationToken cancel) => About(
        context,
        Say.Text(SchedulingTexts.FixedSubject, SessionDate(context)),
        [Say.Text(SchedulingTexts.Fixed, SessionTime(context), await Names(context.TheCycle.Leading(), context, cancel))]) with
    {
        Invitation = await Invite(context, HasMarked(context.TheCycle, context.Reader.Id), cancel),
    };

    /// <summary>Whether a person has said that they can make the date.</summary>
    private static bool HasMarked(Snapshot cycle, PersonId person) =>
        cycle.Answers<SlotsMarked>(cycle.RoundOf(StageIds.Scheduling)!)
            .Any(mark => mark.Person == person && mark.Slots.Contains(cycle.Session()!.LocalStart));

    private static Role RoleOf(PersonId person, Snapshot cycle) =>
        new[] { Role.Facilitator, Role.DivisionLead, Role.Coach }.First(role => cycle.Members(role).Contains(person));
}
