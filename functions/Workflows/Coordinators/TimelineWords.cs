using Cohesion.Workflows.Adaptations;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Coordinators;

/// <summary>A line of the timeline in words. The timeline itself holds ids only; names are put in as it is shown.</summary>
public static class TimelineWords
{
    /// <summary>Newest first. Of a mail it says what became of it last, not each step on the way.</summary>
    public static IEnumerable<string> Lines(IEnumerable<TimelineEntry> timeline, string zone, Func<PersonId, string> nameOf) => timeline
        .Reverse()
        .DistinctBy(entry => entry.Fact is Issued issued ? issued.Row() : (object)entry)
        .Select(entry => Of(entry, zone, nameOf));

    public static string Of(TimelineEntry entry, string zone, Func<PersonId, string> nameOf) =>
        $"{Say.ShortTime(entry.At, zone)}: {What(entry.Fact, zone, nameOf)}";

    private static string What(Fact fact, string zone, Func<PersonId, string> nameOf) => fact switch
    {
        Issued issued => Mail(issued, nameOf),
        Answer answer => RecordedBy(answer.By, answer.Person, Say.Text(Text(fact), nameOf(answer.Person)), nameOf),
        Member member => RecordedBy(member.By, member.Person, Say.Text(Text(fact), nameOf(member.Person), Say.Role(member.Role)), nameOf),
        FacilitatorsTrained { Facilitators: { IsEmpty: false } trained } => Say.Text(Text(fact), Say.Names(trained.Select(nameOf))),
        FacilitatorsTrained => TimelineTexts.Fact_facilitators_trained_none,
        StageOpened opened => Say.Text(Text(fact), Say.Stage(opened.Stage)),
        Adapted adapted => Say.Text(TimelineTexts.Adapted, nameOf(adapted.By), Of(adapted.What, zone, nameOf), adapted.Reason),
        MemberLeft left when left.Role != Role.Participant => Say.Text(TimelineTexts.Fact_member_left_role, nameOf(left.Person), Say.Role(left.Role)),
        MemberLeft left => Say.Text(Text(fact), nameOf(left.Person)),
        Seat seat => Say.Text(Words("Fact_seat_" + seat.State switch
        {
            SeatState.Granted => "granted",
            SeatState.Waiting => "waiting",
            SeatState.MovedUp => "moved_up",
            SeatState.Offered => "offered",
            _ => "lapsed",
        }), nameOf(seat.Person)),
        Paused { Until: not null } => TimelineTexts.Fact_paused_over,
        SurveyRound { Closed: true } => TimelineTexts.Fact_survey_round_closed,
        DeadlineSet deadline => Say.Text(Text(fact), Say.Stage(deadline.Stage), Say.ShortTime(deadline.At, zone)),
        _ => Text(fact),
    };

    /// <summary>"the session moves to Tue 12 May, 6:00 pm".</summary>
    public static string Of(Adaptation what, string zone, Func<PersonId, string> nameOf) => what switch
    {
        MoveSession move => Say.Text(TimelineTexts.Adapted_MoveSession, Time(move.Starts, zone)),
        SetDeadline deadline => Say.Text(TimelineTexts.Adapted_SetDeadline, Say.Stage(deadline.Stage), Time(deadline.At, zone)),
        SetCapacity { Seats: null } => TimelineTexts.Adapted_SetCapacityNone,
        SetCapacity capacity => Say.Text(TimelineTexts.Adapted_SetCapacity, capacity.Seats),
        RemoveParticipant remove => Say.Text(TimelineTexts.Adapted_RemoveParticipant, nameOf(remove.Person)),
        InviteAgain again => Say.Text(TimelineTexts.Adapted_InviteAgain, nameOf(again.Person)),
        AddFacilitator add => Say.Text(add.IsTrained ? TimelineTexts.Adapted_AddFacilitatorTrained : TimelineTexts.Adapted_AddFacilitator, nameOf(add.Person)),
        RemoveFacilitator remove => Say.Text(TimelineTexts.Adapted_RemoveFacilitator, nameOf(remove.Person)),
        GoBack back => Say.Text(TimelineTexts.Adapted_GoBack, Say.Stage(back.Stage)),
        ReplaceMember { IsTrained: true } replace => Say.Text(TimelineTexts.Adapted_ReplaceTrained, nameOf(replace.Joins), nameOf(replace.Leaves)),
        ReplaceMember replace => Say.Text(TimelineTexts.Adapted_ReplaceMember, nameOf(replace.Joins), nameOf(replace.Leaves), Say.Role(replace.Role)),
        SetPolicy set => Say.Text(set.Value.Length == 0 ? TimelineTexts.Adapted_SetPolicyNone : TimelineTexts.Adapted_SetPolicy, PolicyWords.Of(set.Path), set.Value),
        AdoptProgramme { Version: 0 } => TimelineTexts.Adapted_AdoptDelivered,
        AdoptProgramme adopt => Say.Text(TimelineTexts.Adapted_AdoptProgramme, adopt.Version),
        _ => Words("Adapted_" + what.GetType().Name),
    };

    private static string Time(LocalDateTime local, string zone) => Say.ShortTime(new CommunityDays(zone).At(local), zone);

    private static string RecordedBy(PersonId? by, PersonId person, string words, Func<PersonId, string> nameOf) =>
        by is not { } recorder || recorder == person ? words : Say.Text(TimelineTexts.RecordedBy, words, nameOf(recorder));

    private static string Mail(Issued issued, Func<PersonId, string> nameOf)
    {
        var text = issued switch
        {
            { Withdrawn: not null } => TimelineTexts.MailWithdrawn,
            { Bounced: not null } => TimelineTexts.MailBounced,
            { Accepted: not null } => TimelineTexts.MailAccepted,
            _ => TimelineTexts.MailIssued,
        };
        return Say.Text(text, Kind(issued.Key), nameOf(issued.Key.Person));
    }

    /// <summary>What a message was about: "choose the case".</summary>
    public static string Kind(MessageKey key) =>
        TimelineTexts.ResourceManager.GetString($"Kind_{key.Stage}_{key.Kind}".Replace('-', '_'), TimelineTexts.Culture)!;

    private static string Text(Fact fact) => Words("Fact_" + (fact is Told told ? told.What : FactNames.Of(fact)).Replace('-', '_'));

    private static string Words(string name) => TimelineTexts.ResourceManager.GetString(name, TimelineTexts.Culture)!;
}
