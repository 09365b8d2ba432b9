using System.Collections.Immutable;
using NodaTime;

namespace Cohesion.Workflows.Cycles;

/// <summary>One of the case studies that a community can choose.</summary>
public sealed record CaseStudy(string Id, string Title, string Summary);

/// <summary>
/// Every number of a cycle: data of its programme, copied into the cycle at its start. Days are calendar days in the
/// community's zone, counted from the day that the round opened.
/// </summary>
/// <param name="AsksAt">Local time at which asks and reminders go out.</param>
/// <param name="DeadlinesAt">Local time of deadlines.</param>
/// <param name="GraceMinutes">A stage closes this long after its deadline.</param>
/// <param name="DeadlineMovesAtMost">How often a deadline moves by a day because the last ask had not reached the silent.</param>
/// <param name="HoursToAnswer">How long before the close the provider must have accepted the last ask.</param>
/// <param name="Decisions">When the coordinator is asked for a decision, counted from the day it became due.</param>
/// <param name="CaseStudySelection">Of that stage.</param>
/// <param name="FacilitatorTraining">Of that stage.</param>
/// <param name="Scheduling">Of that stage.</param>
/// <param name="Attendance">Of that stage.</param>
/// <param name="SurveyCollection">Of that stage.</param>
/// <param name="CoachingFollowUp">Of that stage.</param>
/// <param name="Preparation">Of that stage; null where the programme has none.</param>
public sealed record Policy(
    LocalTime AsksAt,
    LocalTime DeadlinesAt,
    int GraceMinutes,
    int DeadlineMovesAtMost,
    int HoursToAnswer,
    ImmutableList<Rung> Decisions,
    CaseStudySelectionPolicy CaseStudySelection,
    FacilitatorTrainingPolicy FacilitatorTraining,
    SchedulingPolicy Scheduling,
    AttendancePolicy Attendance,
    SurveyCollectionPolicy SurveyCollection,
    CoachingFollowUpPolicy CoachingFollowUp,
    PreparationPolicy? Preparation = null);

/// <summary>One message of a ladder. The id is a contract: it is part of message keys.</summary>
/// <param name="Id">"ask", "reminder-1".</param>
/// <param name="Day">Days after the round opened; before a session, the days from the session back (negative).</param>
public sealed record Rung(string Id, int Day);

/// <param name="Asks">To each partner who has something to prepare.</param>
/// <param name="ClosesDay">The day the community is asked, whatever is still missing.</param>
public sealed record PreparationPolicy(ImmutableList<Rung> Asks, int ClosesDay);

public sealed record CaseStudySelectionPolicy(ImmutableList<Rung> Asks, int ClosesDay);

/// <param name="Enough">How many facilitators must be trained.</param>
/// <param name="Asks">To each facilitator.</param>
/// <param name="EscalatesDay">The day the next reserve is asked, or the coordinator for a replacement.</param>
/// <param name="NeedsDisclosure">Whether a facilitator counts as trained only once they have disclosed their interests.</param>
public sealed record FacilitatorTrainingPolicy(int Enough, ImmutableList<Rung> Asks, int EscalatesDay, bool NeedsDisclosure = false);

/// <param name="Slots">How many slots the coordinator proposes at the most.</param>
/// <param name="DaysAhead">A session is at least this far from the day its date is fixed.</param>
/// <param name="SessionMinutes">How long a session takes.</param>
/// <param name="Asks">To those who choose the date, counted from the proposal.</param>
/// <param name="ClosesDay">The day the poll closes, counted from the proposal.</param>
public sealed record SchedulingPolicy(int Slots, int DaysAhead, int SessionMinutes, ImmutableList<Rung> Asks, int ClosesDay);

/// <param name="BeforeSession">Reminders to the silent, in days from the session (negative).</param>
/// <param name="RepliesCloseDay">When replies close, in days from the session (negative).</param>
/// <param name="ListAskedHoursAfter">The facilitators are asked for the list this long after the session.</param>
public sealed record AttendancePolicy(ImmutableList<Rung> BeforeSession, int RepliesCloseDay, int ListAskedHoursAfter);

public sealed record SurveyCollectionPolicy(ImmutableList<Rung> Asks, int ClosesDay);

/// <param name="FirstContactWorkingDays">A task is due this many working days after it was given.</param>
/// <param name="OverdueWorkingDays">The coordinator hears of it this many working days later.</param>
public sealed record CoachingFollowUpPolicy(int FirstContactWorkingDays, int OverdueWorkingDays);
