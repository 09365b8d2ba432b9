using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Walking;

/// <summary>A person as typed into a form.</summary>
public sealed record TypedPerson(string Name, string Address);

/// <summary>Everything that starts a cycle, checked.</summary>
public sealed record KickOffRequest(
    string Nonce,
    string Community,
    string Zone,
    string Phone,
    Programme Programme,
    PersonId Coordinator,
    TypedPerson DivisionLead,
    TypedPerson Coach,
    ImmutableList<TypedPerson> Facilitators,
    ImmutableList<TypedPerson> Participants)
{
    /// <summary>Who is asked to lead where a facilitator is lost, in this order.</summary>
    public ImmutableList<TypedPerson> Reserves { get; init; } = [];

    /// <summary>Paid staff of the Division, or null.</summary>
    public TypedPerson? DivisionStaff { get; init; }

    /// <summary>At which people may call the coach, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CoachPhone { get; init; }

    /// <summary>Which version of the programme it is; 0 as delivered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ProgrammeVersion { get; init; }

    /// <summary>Days on which there is to be no session.</summary>
    public ImmutableList<DaySpan> Blackouts { get; init; } = [];

    /// <summary>Whether the Division forwards one link, by which anybody can register.</summary>
    public bool OpenRegistration { get; init; }

    /// <summary>Who prepares which of the programme's tasks, by its id; a task that nobody has is not asked for.</summary>
    public ImmutableSortedDictionary<string, TypedPerson> Partners { get; init; } = ImmutableSortedDictionary<string, TypedPerson>.Empty;
}

/// <summary>Starts cycles. The same form submitted again finds the cycle it started.</summary>
public sealed class KickOffs(IRecordStore records, People people, Wakes wakes, Intake intake, SessionCalendar calendar)
{
    /// <summary>
    /// Starts a cycle, or finishes a start that was interrupted. People come first and the cycle's own row last, so a cycle that
    /// can be seen is whole; its wake row stands before, so it is never left asleep.
    /// </summary>
    /// <returns>The cycle, or null where the form was submitted before with other content.</returns>
    public async Task<CycleId?> Start(KickOffRequest request, CancellationToken cancel = default)
    {
        var cycle = CycleOf(request.Nonce);
        if (!await Claim(cycle, request, cancel))
        {
            return null;
        }

        string? expected = null;
        if (await records.Find(Rows.Of(cycle, Rows.CycleRow), cancel) is null)
        {
            await WriteFacts(cycle, request, cancel);
            expected = await wakes.Expect(cycle, intake.Now, cancel);
            await records.InsertIfAbsent(CycleRecords.NewCycleRow(cycle), cancel);
        }

        await intake.Ring(cycle, expected, cancel);
        return cycle;
    }

    /// <summary>A cycle's id is a hash of its form's nonce.</summary>
    public static CycleId CycleOf(string nonce) => CycleId.From(Hash(nonce));

    private static string Hash(string text) => IdText.Of(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private async Task<bool> Claim(CycleId cycle, KickOffRequest request, CancellationToken cancel)
    {
        var content = Hash(Json.Write(request with { Nonce = "" }));
        var key = Rows.Of(cycle, Rows.Claim);
        await records.InsertIfAbsent(Record.Of(key, ("content", content)), cancel);
        return (await records.Find(key, cancel))!["content"] == content;
    }

    private async Task WriteFacts(CycleId cycle, KickOffRequest request, CancellationToken cancel)
    {
        foreach (var chunk in (await FactsOf(request, people, cancel)).Chunk(RecordLimits.WritesPerTransaction))
        {
            await records.Commit([.. chunk.Select(fact => new RecordWrite.Put(CycleRecords.Write(cycle, fact)))], cancel);
        }
    }

    /// <summary>What a cycle begins with.</summary>
    /// <param name="request">The form.</param>
    /// <param name="people">Where its people are looked up, and added.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<IReadOnlyList<Fact>> FactsOf(KickOffRequest request, People people, CancellationToken cancel = default)
    {
        var now = intake.Now;
        var facts = new List<Fact>
        {
            Written(request, now) with { Calendar = calendar.Carrier },
            new Member(Role.Coordinator, request.Coordinator, now),
        };
        foreach (var (role, typed) in Roles(request))
        {
            facts.Add(new Member(role, await people.FindOrAdd(typed.Name, typed.Address, request.Zone, cancel), now));
        }

        foreach (var (typed, i) in request.Reserves.Select((typed, i) => (typed, i)))
        {
            facts.Add(new Reserve(i + 1, await people.FindOrAdd(typed.Name, typed.Address, request.Zone, cancel), now));
        }

        foreach (var task in (request.Programme.Preparations ?? []).Where(task => request.Partners.ContainsKey(task.Id)))
        {
            var typed = request.Partners[task.Id];
            var partner = await people.FindOrAdd(typed.Name, typed.Address, request.Zone, cancel);
            facts.Add(new Member(Role.Partner, partner, now));
            facts.Add(new PreparationAsked(task, partner, now));
        }

        return [.. facts.DistinctBy(fact => fact.Row())];
    }

    private static KickOff Written(KickOffRequest request, Instant now) => new(
        request.Community,
        request.Zone,
        request.Phone,
        request.Programme.Id,
        request.Programme.CaseStudies,
        request.Programme.Policy,
        now,
        request.Programme.PostalAddress,
        request.Blackouts,
        request.OpenRegistration,
        request.Programme.Accreditation,
        CoachPhone: request.CoachPhone,
        ProgrammeVersion: request.ProgrammeVersion);

    private static IEnumerable<(Role Role, TypedPerson Person)> Roles(KickOffRequest request) =>
        request.Facilitators.Select(one => (Role.Facilitator, one))
            .Concat(request.Participants.Select(one => (Role.Participant, one)))
            .Append((Role.DivisionLead, request.DivisionLead))
            .Append((Role.Coach, request.Coach))
            .Concat(request.DivisionStaff is { } staff ? [(Role.DivisionStaff, staff)] : []);
}
