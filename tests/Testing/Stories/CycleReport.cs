using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Records;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Testing.Stories;

/// <summary>What a cycle did, a line each, in local time: read by eye once, then held against every run.</summary>
public sealed class CycleReport(IServiceProvider services)
{
    private static readonly LocalDateTimePattern TimePattern = LocalDateTimePattern.CreateWithInvariantCulture("ddd uuuu-MM-dd HH:mm");

    private readonly CycleRecords _cycles = services.GetRequiredService<CycleRecords>();
    private readonly People _people = services.GetRequiredService<People>();
    private readonly IRecordStore _records = services.GetRequiredService<IRecordStore>();

    public async Task<string> Of(CycleId cycle)
    {
        var days = new CommunityDays((await _cycles.Read(cycle))!.Snapshot.KickOff.Zone);
        var subjects = await Subjects();
        var lines = new List<string>();
        await foreach (var entry in _cycles.Timeline(cycle))
        {
            if (await Line(entry.Fact, subjects) is { } line)
            {
                lines.Add($"{TimePattern.Format(days.LocalTimeOf(entry.At))}  {line}");
            }
        }

        return string.Join('\n', SortedWithinAMinute(lines)) + "\n";
    }

    /// <summary>The mails of a report, without their times: one that a process held as it died goes out two minutes later.</summary>
    public static IReadOnlyList<string> Mails(string report) =>
        [.. report.Split('\n').Where(line => line.Contains("     mail ", StringComparison.Ordinal)).Select(line => line[21..].Trim())];

    /// <summary>Every envelope that the post still keeps.</summary>
    public async Task<IReadOnlyList<Envelope>> Envelopes() =>
        await _records.All(RowRange.StartingWith(Rows.PostPartition, "e.")).Select(Envelope.Read).ToListAsync();

    /// <summary>Ids are random, so people of one minute would change places from run to run.</summary>
    private static IEnumerable<string> SortedWithinAMinute(List<string> lines) =>
        lines.GroupBy(line => line[..21]).SelectMany(minute => minute.Order(StringComparer.Ordinal));

    /// <summary>By operation id, as people got them: the post forgets.</summary>
    private async Task<Dictionary<Guid, string>> Subjects() =>
        await services.GetRequiredService<MailViewer>().All().ToDictionaryAsync(mail => Guid.ParseExact(mail.Id, "N"), mail => mail.Mail.Subject);

    private async Task<string?> Line(Fact fact, Dictionary<Guid, string> subjects) => fact switch
    {
        Issued { Withdrawn: not null } issued => $"     withdrawn {await Key(issued)}",
        Issued { Accepted: null } => null,
        Issued issued => $"     mail {await Key(issued)} “{subjects[issued.Mail!.Value]}”",
        StageOpened opened => $"* {opened.Stage} opened, round {opened.Round}",
        CaseStudyChosen chosen => $"* {chosen.Stage}: {chosen.CaseStudy}",
        SessionDated dated => $"* {dated.Stage}: {TimePattern.Format(dated.Starts)}",
        Outcome outcome => $"* {outcome.Stage} done",
        DeadlineSet deadline => $"  deadline of {deadline.Stage}: {InstantPattern.General.Format(deadline.At)}",
        Seat seat => $"  {NameOfState(seat)} {await NameOf(seat.Person)}",
        Told told => $"  {told.What} {await NameOf(told.Person)}",
        _ => $"  {fact.GetType().Name}",
    };

    private static string NameOfState(Seat seat) => seat.State switch
    {
        SeatState.Granted => "seat for",
        SeatState.Waiting => "wait-list:",
        SeatState.MovedUp => "moved up:",
        SeatState.Offered => "seat offered to",
        _ => "offer lapsed for",
    };

    private async Task<string> Key(Issued issued) =>
        $"{issued.Key.Stage}/{issued.Key.Kind} {await Occasion(issued.Key.Occasion)} to {await NameOf(issued.Key.Person)}";

    /// <summary>An occasion may hold the id of the person that it is about.</summary>
    private async Task<string> Occasion(string occasion)
    {
        foreach (var part in occasion.Split('-').Where(part => part.Length == 26))
        {
            occasion = occasion.Replace(part, (await NameOf(PersonId.From(part))).Replace(' ', '.'), StringComparison.Ordinal);
        }

        return occasion;
    }

    private async Task<string> NameOf(PersonId person) => (await _people.Get(person)).Name;
}
