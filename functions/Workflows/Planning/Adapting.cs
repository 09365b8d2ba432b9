using System.Collections.Immutable;
using Cohesion.Workflows.Cycles;
using NodaTime;

namespace Cohesion.Workflows.Planning;

/// <summary>
/// What follows of an adaptation: facts that are recorded in one step with it, and from which the next turn's plan derives everything
/// else. What supersedes an outcome opens a stage's next round, and carries over what still holds.
/// </summary>
public static class Adapting
{
    /// <returns>What follows; null where the adaptation cannot be made, or not any more, or changes nothing.</returns>
    public static ImmutableList<Fact>? Follows(Snapshot cycle, Adaptation what, PersonId by, Instant now) => cycle.HasEnded || cycle.Stopped() is not null ? null : what switch
    {
        EndCycle => CertificatesWait(cycle) ? null : Stopping.Follows(cycle, now),
        ResumeCycle => Pausing.Resume(cycle, now),
        _ when cycle.Pause() is not null => null,
        PauseCycle => Pausing.Pause(cycle, now),
        MoveSession move => Move(cycle, move.Starts, now),
        PostponeSession => Postpone(cycle, now),
        SetDeadline deadline => Set(cycle, deadline.Stage, new CommunityDays(cycle.KickOff.Zone).At(deadline.At), now),
        ChangeCaseStudy change => Change(cycle, change.CaseStudy, now),
        SetCapacity capacity => Set(cycle, capacity.Seats, now),
        RemoveParticipant remove => Remove(cycle, remove.Person, by, now),
        InviteAgain again => Invite(cycle, again.Person, by, now),
        SetPolicy set => Set(cycle, set, now),
        ReplaceMember replace => Replacing.Follows(cycle, replace, by, now),
        AddFacilitator add => Facilitating.Add(cycle, add, by, now),
        GoBack back => GoingBack.Follows(cycle, back.Stage, now),
        RemoveFacilitator remove => Facilitating.Remove(cycle, remove.Person, now),
        AdoptProgramme adopt => Adopting.Follows(cycle, adopt, now),
        _ => null,
    };

    /// <summary>What takes an adaptation back that is about to be made; null where nothing does, since people were told to look for other dates.</summary>
    public static Adaptation? Back(Snapshot cycle, Adaptation what) => what switch
    {
        MoveSession => new MoveSession(cycle.Session()!.LocalStart),
        SetDeadline deadline => deadline with { At = new CommunityDays(cycle.KickOff.Zone).LocalTimeOf(cycle.Deadline(deadline.Stage)!.Value) },
        ChangeCaseStudy => new ChangeCaseStudy(cycle.Chosen()!.CaseStudy),
        SetCapacity => new SetCapacity(cycle.Policy.Attendance.Capacity),
        RemoveParticipant remove => new InviteAgain(remove.Person),
        InviteAgain again => new RemoveParticipant(again.Person),
        PauseCycle => new ResumeCycle(),
        ReplaceMember replace => new ReplaceMember(replace.Role, replace.Joins, replace.Leaves, replace.Role == Role.Facilitator && Facilitating.LeadsVouchedFor(cycle, replace.Leaves)),
        AddFacilitator add => new RemoveFacilitator(add.Person),
        GoBack back when back.Stage == StageIds.CaseStudySelection => new ChangeCaseStudy(cycle.Chosen()!.CaseStudy),
        RemoveFacilitator remove => new AddFacilitator(remove.Person, Facilitating.LeadsVouchedFor(cycle, remove.Person)),
        SetPolicy set => set with { Value = cycle.Policy.Values()[set.Path] },
        AdoptProgramme => new AdoptProgramme(cycle.ProgrammeVersion, Json.Write(cycle.Policy)),
        _ => null,
    };

    /// <summary>The session that can still be changed: it has not begun, and its date stands.</summary>
    public static Session? Ahead(Snapshot cycle, Instant now) => cycle.Session() is { } session && now < session.Starts ? session : null;

    /// <summary>Whether a session can move to a time: it is to come, and no farther ahead than dates can be proposed.</summary>
    public static bool CanMoveTo(Snapshot cycle, LocalDateTime starts, Instant now) =>
        starts.Date <= new CommunityDays(cycle.KickOff.Zone).DateOf(now).PlusDays(cycle.Policy.Scheduling.DaysAhead).PlusYears(1) && cycle.SessionAt(starts).Starts > now;

    /// <summary>Whether people were promised certificates that wait for the accreditation: until that is settled, a community cannot stop.</summary>
    public static bool CertificatesWait(Snapshot cycle) => cycle.CertificateHolders().Any() && cycle.OpenAccreditation() is not null;

    /// <summary>Whether a stage has a deadline that has not passed.</summary>
    public static bool HasDeadline(Snapshot cycle, StageId stage, Instant now) =>
        cycle.RoundOf(stage) is not null && cycle.OutcomeOf<Outcome>(stage) is null && now < cycle.Deadline(stage);

    private static ImmutableList<Fact>? Move(Snapshot cycle, LocalDateTime starts, Instant now)
    {
        if (Ahead(cycle, now) is not { } session || session.LocalStart == starts || !CanMoveTo(cycle, starts, now))
        {
            return null;
        }

        var opened = NextRound(cycle, StageIds.Scheduling, now);
        return
        [
            opened,
            new SessionDated(opened.Stage, opened.Round, now, starts, cycle.KickOff.Zone),
            .. cycle.Venue() is { } venue ? [venue with { Round = opened.Round }] : Array.Empty<Fact>(),
            .. RepliesClose(cycle, cycle.SessionAt(starts), now) is { } deadline ? [deadline] : Array.Empty<Fact>(),
        ];
    }

    /// <summary>On the policy's day before the new date; where replies have closed and would have for the new one, they stay so.</summary>
    private static DeadlineSet? RepliesClose(Snapshot cycle, Session moved, Instant now)
    {
        if (cycle.RoundOf(StageIds.Attendance) is not { } round || cycle.Find<DeadlineSet>(DeadlineSet.RowOf(round.Stage, round.Round)) is not { } told)
        {
            return null;
        }

        var days = new StageRound(cycle, round, now);
        var planned = days.OnDay(moved.Starts, cycle.Policy.Attendance.RepliesCloseDay, cycle.Policy.DeadlinesAt);
        var atLeast = days.OnDay(now, 2, cycle.Policy.DeadlinesAt);
        return told.At <= now && planned <= now ? null : told with { At = Instant.Min(moved.Starts, Instant.Max(planned, atLeast)) };
    }

    private static ImmutableList<Fact>? Postpone(Snapshot cycle, Instant now)
    {
        if (Ahead(cycle, now) is not { } session)
        {
            return null;
        }

        var dated = cycle.RoundOf(StageIds.Scheduling)!;
        var isAttended = cycle.RoundOf(StageIds.Attendance) is not null && cycle.OutcomeOf<Outcome>(StageIds.Attendance) is null;
        return
        [
            NextRound(cycle, StageIds.Scheduling, now),
            .. isAttended
                ? [new SessionPostponed(StageIds.Attendance, cycle.RoundOf(StageIds.Attendance)!.Round, now, session.LocalStart, dated.Round)]
                : Array.Empty<Fact>(),
        ];
    }

    /// <summary>People have a day at least.</summary>
    private static ImmutableList<Fact>? Set(Snapshot cycle, StageId stage, Instant at, Instant now)
    {
        if (!HasDeadline(cycle, stage, now) || at < now + Duration.FromDays(1) || cycle.Deadline(stage) == at || (stage == StageIds.Attendance && at >= cycle.Session()?.Starts))
        {
            return null;
        }

        var told = cycle.Find<DeadlineSet>(DeadlineSet.RowOf(stage, cycle.RoundOf(stage)!.Round))!;
        return [told with { At = at, InPlaceOf = told.InPlaceOf ?? told.At }];
    }

    /// <summary>While the choice is gone back to, the one before can be kept.</summary>
    private static ImmutableList<Fact>? Change(Snapshot cycle, string caseStudy, Instant now)
    {
        if (cycle.Chosen() is not { } chosen
            || (chosen.CaseStudy == caseStudy && cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection) is not null)
            || !cycle.KickOff.CaseStudies.Exists(offered => offered.Id == caseStudy)
            || now >= cycle.Session()?.Starts)
        {
            return null;
        }

        var opened = NextRound(cycle, StageIds.CaseStudySelection, now);
        return [opened, new CaseStudyChosen(opened.Stage, opened.Round, now, caseStudy)];
    }

    private static ImmutableList<Fact>? Set(Snapshot cycle, int? seats, Instant now) =>
        seats is < 1 || seats == cycle.Policy.Attendance.Capacity || now >= cycle.Session()?.Starts
            ? null
            : [new PolicyAdapted(cycle.Policy with { Attendance = cycle.Policy.Attendance with { Capacity = seats } }, now, cycle.ProgrammeVersion)];

    /// <summary>How long a session takes, and whether people can come by video, stand in calendars once there is a date.</summary>
    private static ImmutableList<Fact>? Set(Snapshot cycle, SetPolicy set, Instant now) =>
        (cycle.Session() is not null && set.Path is "scheduling.sessionMinutes" or "scheduling.isOnline")
        || cycle.Policy.With(set.Path, set.Value) is not { } policy
        || Json.Write(policy) == Json.Write(cycle.Policy)
            ? null
            : [new PolicyAdapted(policy, now, cycle.ProgrammeVersion)];

    /// <summary>A wish to come is taken back with it: who is invited again wishes anew.</summary>
    private static ImmutableList<Fact>? Remove(Snapshot cycle, PersonId person, PersonId by, Instant now)
    {
        if (!cycle.Members(Role.Participant).Contains(person) || now >= cycle.Session()?.Starts)
        {
            return null;
        }

        var wish = cycle.RoundOf(StageIds.Attendance) is { } round ? cycle.Find<Replied>(Replied.RowOf(round.Round, person)) : null;
        var left = new MemberLeft(Role.Participant, person, now, 1 + (cycle.Find<MemberLeft>(MemberLeft.RowOf(Role.Participant, person))?.Number ?? 0));
        return wish is { Comes: true } ? [left, new Replied(wish.Round, person, Comes: false, by, now)] : [left];
    }

    private static ImmutableList<Fact>? Invite(Snapshot cycle, PersonId person, PersonId by, Instant now) =>
        cycle.Members(Role.Participant).Contains(person) || cycle.Find<MemberLeft>(MemberLeft.RowOf(Role.Participant, person)) is not { } left || left.At >= now || now >= cycle.Session()?.Starts
            ? null
            : [new Member(Role.Participant, person, now, by)];

    private static StageOpened NextRound(Snapshot cycle, StageId stage, Instant now) => new(stage, cycle.RoundOf(stage)!.Round + 1, now);
}
