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
/// <param name="Preparation">Of that stage; empty where the programme has none.</param>
/// <param name="KeptMonths">How long a community is kept after its end.</param>
/// <param name="Payment">Who is paid for a session; empty where nobody is.</param>
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
    PreparationPolicy? Preparation = null,
    int KeptMonths = 24,
    PaymentPolicy? Payment = null);

/// <summary>One message of a ladder. The id is a contract: it is part of message keys.</summary>
/// <param name="Id">"ask", "reminder-1".</param>
/// <param name="Day">Days after the step began; before a session, the days from the session back (negative).</param>
public sealed record Rung(string Id, int Day);

/// <param name="Asks">To each partner who has something to prepare.</param>
/// <param name="ClosesDay">The day the community is asked, whatever is still missing.</param>
public sealed record PreparationPolicy(ImmutableList<Rung> Asks, int ClosesDay);

/// <param name="Asks">To the Division lead and the facilitators.</param>
/// <param name="ClosesDay">The day the vote closes.</param>
public sealed record CaseStudySelectionPolicy(ImmutableList<Rung> Asks, int ClosesDay);

/// <param name="Enough">How many facilitators must be trained.</param>
/// <param name="Asks">To each facilitator.</param>
/// <param name="EscalatesDay">The day the next reserve is asked, or the coordinator for a replacement.</param>
/// <param name="NeedsDisclosure">Whether a facilitator counts as trained only once they have disclosed their interests.</param>
/// <param name="RefreshMonths">Who trained within so many months is asked for the refresh only; empty where all do the whole module.</param>
/// <param name="ModuleMinutes">How long the train-the-trainer module takes.</param>
/// <param name="RefreshMinutes">How long the refresh takes.</param>
/// <param name="ModuleAddress">Where the module is; empty where it has no address.</param>
/// <param name="RefreshAddress">Where the refresh is.</param>
/// <param name="HowToGetIt">Who sends what has no address, in a sentence or two.</param>
public sealed record FacilitatorTrainingPolicy(
    int Enough,
    ImmutableList<Rung> Asks,
    int EscalatesDay,
    bool NeedsDisclosure = false,
    int? RefreshMonths = null,
    int ModuleMinutes = 120,
    int RefreshMinutes = 30,
    Uri? ModuleAddress = null,
    Uri? RefreshAddress = null,
    string? HowToGetIt = null);

/// <param name="Slots">How many slots the coordinator proposes at the most.</param>
/// <param name="DaysAhead">A session is at least this far from the day its date is fixed.</param>
/// <param name="SessionMinutes">How long a session takes.</param>
/// <param name="Asks">To those who choose the date, counted from the proposal.</param>
/// <param name="ClosesDay">The day the poll closes, counted from the proposal.</param>
/// <param name="AimDaysAhead">From so many days ahead on, a session leaves people time enough to plan.</param>
/// <param name="Venue">When the Division is asked where the session takes place; empty where nobody is.</param>
/// <param name="IsOnline">Whether people can come by video too: a calendar service adds a meeting to the session then.</param>
public sealed record SchedulingPolicy(
    int Slots,
    int DaysAhead,
    int SessionMinutes,
    ImmutableList<Rung> Asks,
    int ClosesDay,
    VenuePolicy? Venue = null,
    int AimDaysAhead = 56,
    bool IsOnline = false);

/// <param name="Asks">To the Division, counted from the day the date was fixed.</param>
/// <param name="EscalatesDay">The day the coordinator is asked too.</param>
public sealed record VenuePolicy(ImmutableList<Rung> Asks, int EscalatesDay);

/// <param name="BeforeSession">Reminders to the silent, in days from the session (negative).</param>
/// <param name="RepliesCloseDay">When replies close, in days from the session (negative).</param>
/// <param name="ListAskedHoursAfter">The facilitators are asked for the list this long after the session.</param>
/// <param name="Capacity">How many seats there are; empty for as many as are asked for.</param>
/// <param name="MovesUpUntilDay">Until then a seat that becomes free goes to the first who waits, later it is offered; in days from the session (negative).</param>
/// <param name="OfferDays">An offered seat is kept for so many days.</param>
/// <param name="MailsBeforeSession">A participant gets at most so many mails before the session.</param>
/// <param name="Nudges">To those who have a seat, in days from the session (negative).</param>
/// <param name="HeadcountDay">When the Division gets the headcount, in days from the session (negative).</param>
/// <param name="Minimum">With fewer who have a seat, the Division lead is asked whether the session goes ahead.</param>
/// <param name="ReopenedUntilDay">Until when more can be invited then, in days from the session (negative).</param>
/// <param name="EscalatesAfterDays">Without an answer the coordinator is asked too, so many days later, or on a working day near that.</param>
/// <param name="PrepareDay">When those who lead get what they need on the day, in days from the session (negative).</param>
/// <param name="CheckInMinutesBefore">People can check in from so many minutes before the start.</param>
/// <param name="CorrectionDays">A confirmed list can be corrected for so many days.</param>
/// <param name="MailsInAll">With so many mails of a session an attendee gets no more reminders of its survey; the certificate comes all the same.</param>
/// <param name="Offers">What participants get beside credits, in a sentence or two: "Dinner is served. Your time is not paid."</param>
/// <param name="Module">What participants do online before the session; empty where nothing.</param>
/// <param name="ShowPercent">Of a hundred who have a seat, so many come, as experience says.</param>
public sealed record AttendancePolicy(
    ImmutableList<Rung> BeforeSession,
    int RepliesCloseDay,
    int ListAskedHoursAfter,
    int? Capacity = null,
    int MovesUpUntilDay = -3,
    int OfferDays = 1,
    int MailsBeforeSession = 5,
    ImmutableList<Rung>? Nudges = null,
    int HeadcountDay = -14,
    int Minimum = 6,
    int ReopenedUntilDay = -7,
    int EscalatesAfterDays = 3,
    int PrepareDay = -2,
    int CheckInMinutesBefore = 60,
    int CorrectionDays = 30,
    int MailsInAll = 9,
    string? Offers = null,
    ModulePolicy? Module = null,
    int ShowPercent = 75);

/// <summary>An online module that participants do before the session.</summary>
/// <param name="Title">As people read it.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Minutes">How long it takes.</param>
public sealed record ModulePolicy(string Title, Uri Address, int Minutes);

/// <param name="Asks">To those who were there, counted from the confirmed list.</param>
/// <param name="ClosesDay">The day it closes, counted from the list too.</param>
/// <param name="OpensMinutesBeforeEnd">Who has checked in can answer from so many minutes before the session's end.</param>
/// <param name="AsksForWords">Whether people are also asked for answers in their own words.</param>
public sealed record SurveyCollectionPolicy(ImmutableList<Rung> Asks, int ClosesDay, int OpensMinutesBeforeEnd = 10, bool AsksForWords = false);

/// <param name="FirstContactWorkingDays">A task is due this many working days after it was given.</param>
/// <param name="OverdueWorkingDays">The coordinator hears of it this many working days later.</param>
/// <param name="StandsStillWorkingDays">After the first contact, a task of which nothing is told for so many working days is asked about; the coordinator hears of it when as many more have gone by.</param>
/// <param name="SnoozeDaysAtMost">The coach puts a task off by so many days at the most.</param>
/// <param name="Tries">After so many without an answer the coach may close a task.</param>
/// <param name="CommitmentDay">The day on which people are reminded of what they wanted to change.</param>
/// <param name="ClosesDay">The day the stage closes, whatever is still open.</param>
public sealed record CoachingFollowUpPolicy(
    int FirstContactWorkingDays,
    int OverdueWorkingDays,
    int StandsStillWorkingDays = 10,
    int SnoozeDaysAtMost = 42,
    int Tries = 3,
    int CommitmentDay = 90,
    int ClosesDay = 104);

/// <summary>Who is paid for a session, so that the Division's finance knows whom for what; how, they know themselves.</summary>
/// <param name="FacilitatorsPaidBy">Who pays those who led; empty where they are not paid.</param>
/// <param name="ParticipantsPaidBy">Who pays those who were there; empty where they are not paid.</param>
/// <param name="PreparationMinutes">How long those who led are paid for preparing the session.</param>
/// <param name="TrainingIsPaid">Whether they are paid for the module or the refresh that they did for it.</param>
/// <param name="ClaimDays">Claimed within so many days of the session.</param>
public sealed record PaymentPolicy(
    string? FacilitatorsPaidBy = null, string? ParticipantsPaidBy = null, int PreparationMinutes = 60, bool TrainingIsPaid = true, int ClaimDays = 90);
