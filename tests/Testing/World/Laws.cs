using System.Globalization;
using Cohesion.Workflows.Checking;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using NodaTime;
using Shouldly;

namespace Cohesion.Workflows.Testing;

/// <summary>What must hold of every world that has come to its end, whatever went wrong in it.</summary>
public static class Laws
{
    private const int LongestSubject = 55;
    private const int WordsOfALetter = 120;

    /// <summary>The foot included. People read some 240 words a minute; the fullest mail there is, ten requests for a coach, has 280.</summary>
    private const int WordsOfAMail = 300;

    public static async Task MustHold(World world)
    {
        world.Log.Errors.ShouldBeEmpty();
        var cycle = (await world.Snapshot()).ShouldNotBeNull();
        cycle.HasEnded.ShouldBeTrue();
        NobodyGotAnythingTwice(world);
        world.Mail.Delivered.Select(mail => mail.Mail).ToList().ForEach(MustBeShort);
        NoMoreCameThanTheQuota(world.Quota, world.Mail.Came);
        NoMoreCameThanTheQuota(new MailQuota(2 * world.Quota.PerMinute, 2 * world.Quota.PerHour), world.Mail.Asked);
        await TheCoordinatorHeardOfEachAddressOnce(world);
        WhatBecameOfEachMessageIsKnown(world, cycle);
        SilenceClosedNothingUnheard(cycle);
        NobodyWhoAskedForACoachIsForgotten(cycle);
        CertificatesStateWhatIsSo(cycle);
        await WhoseNameWasCorrectedIsOnePerson(world, cycle);
        await CalendarLaws.MustHold(world, cycle);
        await NothingIsLeftBehind(world);
        await TheRecordsAreWhole(world);
        await WhatWasSentIsForgottenAndNotSentAgain(world);
    }

    private static void NobodyGotAnythingTwice(World world)
    {
        world.Mail.Delivered.SelectMany(mail => mail.Messages).Select(world.InNames).ShouldBeUnique();
        world.Mail.Delivered.Select(mail => mail.Mail.MessageId).ShouldBeUnique();
        world.Mail.Delivered.Select(mail => mail.Operation).ShouldBeUnique();
    }

    /// <summary>Of each that takes no mail and that nobody has corrected since.</summary>
    private static async Task TheCoordinatorHeardOfEachAddressOnce(World world)
    {
        var heard = world.Mail.Delivered.SelectMany(mail => mail.Messages).Where(key => key.Kind == Refusals.Kind).ToLookup(key => key.Occasion);
        var refused = world.Mail.Refused.SelectMany(mail => mail.Messages).Where(key => key.Stage != MessageKey.None).Select(key => key.Person);
        foreach (var id in refused.Distinct())
        {
            var person = await world.Get<People>().Get(id);
            if (await world.Get<Refusals>().Hold(person, CancellationToken.None))
            {
                heard[$"{id}-{person.Generation}"].Count().ShouldBe(1, world.InNames(id));
            }
        }
    }

    /// <summary>
    /// A subject of at most 55 characters as they are read, of each letter at most 120 words and one question, and a whole mail that is
    /// read in little more than a minute.
    /// </summary>
    public static void MustBeShort(Mail mail)
    {
        new StringInfo(mail.Subject).LengthInTextElements.ShouldBeLessThanOrEqualTo(LongestSubject, mail.Subject);
        Words(KeyedLetters.AsRead(mail.Text)).ShouldBeLessThanOrEqualTo(WordsOfAMail, mail.Text);
        foreach (var letter in KeyedLetters.Bodies(mail.Text))
        {
            Words(letter).ShouldBeLessThanOrEqualTo(WordsOfALetter, letter);
            Questions(letter).ShouldBeLessThanOrEqualTo(1, letter);
        }
    }

    /// <summary>But for a heading, which is a subject: it may ask in short what the letter asks.</summary>
    private static int Questions(string letter) => letter.Split("\n\n", StringSplitOptions.TrimEntries)
        .Where(paragraph => paragraph.Length > LongestSubject || !paragraph.Contains(": ", StringComparison.Ordinal))
        .Sum(paragraph => paragraph.Count(character => character == '?'));

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>By the provider's own count, in any minute and in any hour.</summary>
    public static void NoMoreCameThanTheQuota(MailQuota quota, IEnumerable<Instant> came)
    {
        var times = came.Order().ToList();
        MostWithin(Duration.FromMinutes(1), times).ShouldBeLessThanOrEqualTo(quota.PerMinute ?? int.MaxValue, "in a minute");
        MostWithin(Duration.FromHours(1), times).ShouldBeLessThanOrEqualTo(quota.PerHour ?? int.MaxValue, "in an hour");
    }

    private static int MostWithin(Duration span, List<Instant> times) =>
        times.Select((from, n) => times.Skip(n).TakeWhile(at => at < from + span).Count()).DefaultIfEmpty().Max();

    private static void WhatBecameOfEachMessageIsKnown(World world, Snapshot cycle)
    {
        var issued = cycle.All<Issued>().ToList();
        issued.Where(message => Ends(message) != 1).ShouldBeEmpty();
        var accepted = issued.Where(message => message.Accepted is not null).Select(message => world.InNames(message.Key));
        world.Mail.Delivered.SelectMany(mail => mail.Messages).Where(key => key.Stage != MessageKey.None).Select(world.InNames)
            .ShouldBe(accepted, ignoreOrder: true);
    }

    /// <summary>What was refused may have been withdrawn since.</summary>
    private static int Ends(Issued message) =>
        new[] { message.Accepted, message.Bounced ?? message.Withdrawn }.Count(end => end is not null);

    /// <summary>
    /// Where silence closed a round of votes or of the survey, the last ask had reached each of the silent a day before, or could
    /// not; else the round had waited for them three times.
    /// </summary>
    private static void SilenceClosedNothingUnheard(Snapshot cycle)
    {
        foreach (var told in cycle.All<DeadlineSet>().Where(told => told.Moved < cycle.Policy.DeadlineMovesAtMost))
        {
            if (cycle.Find<Outcome>(Outcome.RowOf(told.Stage, told.Round)) is { } closed && closed.At >= told.At)
            {
                var heardBy = closed.At - Duration.FromHours(cycle.Policy.HoursToAnswer);
                Silent(cycle, told)
                    .Select(person => cycle.IssuedTo(told.Stage, person).Where(message => IsAskOf(told, message.Key)).MaxBy(ask => ask.At))
                    .Where(last => last is not { Bounced: not null } && !(last?.Accepted <= heardBy))
                    .ShouldBeEmpty($"{told.Stage} closed at {closed.At} without them");
            }
        }
    }

    private static bool IsAskOf(DeadlineSet told, MessageKey key) => key.Kind == "ask" && key.Occasion.StartsWith($"r{told.Round}-", StringComparison.Ordinal);

    private static IEnumerable<PersonId> Silent(Snapshot cycle, DeadlineSet told) => told.Stage.Value switch
    {
        "case-study-selection" when !cycle.All<CaseStudyDecided>().Any() =>
            CaseStudySelectionPlan.Voters(cycle)
                .Where(voter => cycle.MembersOf(Role.Facilitator).Concat(cycle.MembersOf(Role.DivisionLead)).All(one => one.Person != voter || one.At < told.At))
                .Except(cycle.All<Voted>().Select(vote => vote.Person)),
        "survey-collection" => cycle.Attendees()
            .Except(cycle.All<SurveyAnswered>().Concat<Answer>(cycle.All<SurveyDeclined>()).Select(answer => answer.Person)),
        _ => [],
    };

    private static void NobodyWhoAskedForACoachIsForgotten(Snapshot cycle)
    {
        if (cycle.Stopped() is not null)
        {
            return;
        }

        var told = cycle.All<Issued>().Select(issued => issued.Key)
            .Where(key => key.Stage == StageIds.CoachingFollowUp.Value)
            .Select(key => key.Occasion)
            .ToList();
        cycle.All<CoachRequested>()
            .Where(request => !told.Exists(occasion => occasion.Contains(request.Person.Value, StringComparison.Ordinal)))
            .Where(request => cycle.CoachTasks().All(task => task.IsOpen || task.Asker != request.Person))
            .ShouldBeEmpty();
    }

    /// <summary>None went out before the accreditation was settled, and all who have one got it, or their address took no mail.</summary>
    private static void CertificatesStateWhatIsSo(Snapshot cycle)
    {
        cycle.OpenAccreditation().ShouldBeNull();
        var sent = cycle.All<Issued>().Where(issued => issued.Key.Kind == AttendancePlan.Certificate).ToList();
        var got = sent.Where(issued => issued.Accepted is not null || issued.Bounced is not null).Select(issued => issued.Key.Person);
        cycle.CertificateHolders().Except(got).ShouldBeEmpty();
        var settled = cycle.All<PreparationTold>().SingleOrDefault(told => told.Task == PartnerTask.Accreditation)?.At;
        sent.Where(issued => issued.Accepted < settled).ShouldBeEmpty();
    }

    /// <summary>Under one name; and whose certificate had gone out before has been told.</summary>
    private static async Task WhoseNameWasCorrectedIsOnePerson(World world, Snapshot cycle)
    {
        foreach (var corrected in cycle.All<NameCorrected>())
        {
            var person = await world.Get<People>().Get(corrected.Person);
            person.Name.ShouldBe(Townsfolk.Corrected(person.Name));
            (await world.Get<People>().At(person.Address)).ShouldHaveSingleItem().ShouldBe(person);
            var issued = cycle.IssuedTo(StageIds.Attendance, person.Id).ToList();
            if (cycle.CertificateHolders().Contains(person.Id) && issued.Exists(one => one.Key.Kind == AttendancePlan.Certificate && one.Accepted < corrected.At))
            {
                issued.ShouldContain(one => one.Key.Kind == AttendancePlan.CertificateReissued && one.Key.Occasion.EndsWith($"name-{corrected.Number}", StringComparison.Ordinal));
            }
        }
    }

    private static async Task NothingIsLeftBehind(World world)
    {
        (await world.Get<Wakes>().All().ToListAsync()).ShouldBeEmpty();
        (await world.Get<PostOffice>().NextDue()).ShouldBeNull();
        (await world.Get<Retention>().Due(world.Clock.Now + Duration.FromHours(1))).Where(world.Get<DeliveryStatuses>().IsToAsk).ShouldBeEmpty();
        (await RowsOf(world, Rows.CyclePartition(world.Cycle), Rows.Outbox)).ShouldBeEmpty();
        (await RowsOf(world, Rows.CyclePartition(world.Cycle), Rows.SealedAnswers)).ShouldBeEmpty();
        world.Keys.Kept.Where(name => name.StartsWith(world.Cycle.Value, StringComparison.Ordinal)).ShouldBeEmpty();
        (await RowsOf(world, Rows.PostPartition, "e.")).Where(row => row["state"] == nameof(EnvelopeState.Claimed)).ShouldBeEmpty();
        (await RowsOf(world, Rows.PostPartition, "m.")).Where(row => row["state"] == nameof(PostState.Waiting)).ShouldBeEmpty();
    }

    /// <summary>A month later each message is put in the post once more, as by a turn that crashed and is repeated then.</summary>
    private static async Task WhatWasSentIsForgottenAndNotSentAgain(World world)
    {
        world.Clock.MoveTo(world.Clock.Now + Retention.Kept);
        await SendAll(world);
        await world.Get<PostOffice>().Insert(world.Mail.Delivered.SelectMany(mail => mail.Messages), world.Clock.Now);
        await SendAll(world);
        (await RowsOf(world, Rows.PostPartition, "e.")).ShouldBeEmpty();
        (await RowsOf(world, Rows.PostPartition, "m."))
            .Where(row => row["state"] != nameof(PostState.Refused) && MessageKey.Parse(row["key"]).Stage != MessageKey.None)
            .ShouldBeEmpty();
        NobodyGotAnythingTwice(world);
        WhatBecameOfEachMessageIsKnown(world, (await world.Snapshot())!);
        await TheRecordsAreWhole(world);
    }

    private static async Task SendAll(World world)
    {
        while (await world.Get<Sender>().Pass())
        {
        }
    }

    private static async Task TheRecordsAreWhole(World world)
    {
        var report = await world.Get<RecordCheck>().Run([Rows.CyclePartition(world.Cycle)], repairs: false);
        report.Findings.ShouldBeEmpty();
        report.Cycles.ShouldBe(1);
    }

    private static async Task<List<Record>> RowsOf(World world, string partition, string prefix) =>
        await world.Records.All(RowRange.StartingWith(partition, prefix)).ToListAsync();
}
