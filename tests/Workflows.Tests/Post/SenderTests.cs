using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Post;

public sealed class SenderTests
{
    private const string First = "Facilitator 1";
    private const string Second = "Facilitator 2";

    [Fact]
    public async Task A_message_that_is_wanted_no_more_is_withdrawn_and_never_sent()
    {
        using var process = await OneProcess.KickedOff();
        await process.Record(cycle => new CaseStudyDecided(1, cycle.Coordinator, cycle.KickOff.CaseStudies[0].Id, cycle.Coordinator, process.Clock.Now));
        await process.Turn();

        await process.SendAll();

        process.Delivered(Second).ShouldBe(["facilitator-training.ask.r1-ask"]);
        (await process.Snapshot()).All<Issued>().Count(issued => issued.Withdrawn is not null).ShouldBe(3);
    }

    [Fact]
    public async Task Whose_messages_are_all_withdrawn_gets_no_mail_and_nothing_waits_for_them()
    {
        using var process = await OneProcess.KickedOff();
        var lead = await process.Lead();
        await process.Record(cycle => new Voted(1, lead.Id, cycle.KickOff.CaseStudies[0].Id, lead.Id, process.Clock.Now));
        await process.Turn();

        await process.SendAll();

        process.Delivered(lead.Name).ShouldBeEmpty();
        (await process.Product.Get<Envelopes>().NewestOf(lead.Id, CancellationToken.None).AnyAsync()).ShouldBeFalse();
        (await process.Product.Get<PostOffice>().MessagesOf(lead.Id).Select(message => message.State).ToListAsync()).ShouldBe([PostState.Withdrawn]);
        (await process.Product.Get<PostOffice>().NextDue()).ShouldBeNull();
    }

    [Fact]
    public async Task A_message_that_comes_in_during_a_pass_is_sent_by_it_and_not_taken_for_unwanted()
    {
        using var process = await OneProcess.KickedOff();
        process.BeforeSend = Once(process, async () =>
        {
            await process.Record(cycle => new CaseStudyDecided(1, cycle.Coordinator, cycle.KickOff.CaseStudies[0].Id, cycle.Coordinator, process.Clock.Now));
            await process.Turn();
        });

        await process.SendAll();

        // Whose mail was on its way then has had that day's.
        string[] others = [.. new[] { First, Second }.Except([process.Mail.Delivered[0].Mail.Name])];
        others.ShouldAllBe(one => process.Delivered(one).Contains("facilitator-training.ask.r1-ask"));
    }

    [Fact]
    public async Task A_reminder_that_falls_due_during_a_pass_is_sent_by_it_and_not_taken_for_unwanted()
    {
        using var process = await OneProcess.KickedOff();
        process.BeforeSend = Once(process, async () =>
        {
            process.Clock.MoveTo(process.Clock.Now + Duration.FromDays(6));
            await process.Turn();
        });

        await process.SendAll();

        People.SelectMany(process.Delivered).Count(key => key == "case-study-selection.ask.r1-reminder-1").ShouldBe(3);
    }

    [Fact]
    public async Task A_slow_pass_keeps_each_envelope_to_itself_while_it_sends_it()
    {
        using var process = await OneProcess.KickedOff();
        using var other = process.NewProcess();
        process.BeforeSend = Once(process, () =>
        {
            process.Clock.MoveTo(process.Clock.Now + Duration.FromMinutes(3));
            process.BeforeSend = Once(process, () => other.Get<Sender>().Pass());
            return Task.CompletedTask;
        });

        await process.SendAll();

        process.Mail.Delivered.SelectMany(mail => mail.Messages).ShouldBeUnique();
    }

    [Fact]
    public async Task A_person_who_cannot_be_read_holds_up_nobody_else_and_gets_the_mail_once_mended()
    {
        using var process = await OneProcess.KickedOff();
        var person = await PersonNamed(process, Second);
        await process.Records.Commit([new RecordWrite.Delete(person.Key, null)]);
        await process.SendAll();
        process.Mail.Delivered.Count.ShouldBe(2);

        await process.Records.Commit([new RecordWrite.Put(person)]);
        process.Clock.MoveTo((await process.Product.Get<PostOffice>().NextDue())!.Value);
        await process.SendAll();

        process.Delivered(Second).ShouldBe(["case-study-selection.ask.r1-ask"]);
    }

    [Fact]
    public async Task A_mail_that_is_tried_in_vain_is_tried_again_after_2_4_8_minutes_an_hour_at_most_and_keeps_its_Message_ID()
    {
        using var process = await OneProcess.KickedOff();
        await process.SendAll();
        process.Mail.Mishaps = _ => Mishap.NeverArrived;
        var lead = (await process.Snapshot()).Members(Role.DivisionLead)[0];
        await process.Product.Get<PostOffice>().Insert([new MessageKey("-", "-", "sign-in", lead, "minute-1")], process.Clock.Now);
        var pauses = new List<double>();
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            await process.SendAll();
            var next = (await process.Product.Get<PostOffice>().NextDue())!.Value;
            pauses.Add((next - process.Clock.Now).TotalMinutes);
            process.Clock.MoveTo(next);
        }

        pauses.ShouldBe([2, 4, 8, 16, 32, 60, 60, 60]);
        (await OpenOf(process, lead)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            tried => tried.Attempts.ShouldBe(8),
            tried => tried.Said.ShouldNotBeEmpty());
        process.Mail.Mishaps = _ => Mishap.None;
        await process.SendAll();
        process.Mail.Delivered.Count.ShouldBe(4);
    }

    /// <summary>Removed where nothing is left, moved where the mail is tried in vain, or marked where there is a quota.</summary>
    [Theory]
    [InlineData(null, Mishap.None)]
    [InlineData(null, Mishap.NeverArrived)]
    [InlineData(100, Mishap.None)]
    public async Task However_often_a_person_is_said_to_have_mail_theirs_and_everybody_elses_goes_out(int? perMinute, Mishap first)
    {
        using var process = await OneProcess.KickedOff(new MailQuota(perMinute));
        process.Mail.Mishaps = send => send == 1 ? first : Mishap.None;
        var lead = (await process.Snapshot()).Members(Role.DivisionLead)[0];
        for (var n = 0; n < 150; n++)
        {
            process.Clock.MoveTo(process.Clock.Now + Duration.FromMilliseconds(1));
            await process.Product.Get<PostOffice>().Insert([new MessageKey("-", "-", "sign-in", lead, "minute-1")], process.Clock.Now);
        }

        await process.SendAll();
        process.Clock.MoveTo(process.Clock.Now + Duration.FromMinutes(10));
        await process.SendAll();

        process.Mail.Delivered.Count.ShouldBe(4);
        process.Log.Errors.ShouldBeEmpty();
        (await process.Product.Get<PostOffice>().NextDue()).ShouldBeNull();
    }

    [Fact]
    public async Task A_sender_that_is_stopped_while_the_provider_takes_a_mail_notes_that_it_has_it()
    {
        using var process = await OneProcess.KickedOff(Wide);
        using var stop = new CancellationTokenSource();
        process.BeforeSend = stop.CancelAsync;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            while (await process.Product.Get<Sender>().Pass(stop.Token))
            {
            }
        });

        process.Mail.Delivered.Count.ShouldBe(1);
        (await process.Snapshot()).All<Issued>().Count(issued => issued.Accepted is not null).ShouldBe(1);
        var reader = process.Mail.Delivered[0].Messages[0].Person;
        (await OpenOf(process, reader)).ShouldBeEmpty();
        (await process.Product.Get<Pacing>().Find()).UnderWay.ShouldBeEmpty();
    }

    [Fact]
    public Task A_sender_that_dies_with_an_envelope_while_another_looks_leaves_it_to_be_found() =>
        WhateverIsUnderWay(MailQuota.None, DieAfterClaiming);

    [Fact]
    public Task A_sender_that_meets_a_busy_provider_while_another_looks_leaves_the_mail_to_be_found() => WhateverIsUnderWay(Wide, async process =>
    {
        var next = process.Mail.Sends + 1;
        process.Mail.Mishaps = send => send == next ? Mishap.Busy : Mishap.None;
        using var other = process.NewProcess();
        await other.Get<Sender>().Pass();
    });

    /// <summary>With a quota a pass first looks at whose mail is the most pressing: there is more for another to do meanwhile.</summary>
    private static MailQuota Wide => new(PerMinute: 100);

    /// <summary>Another sender does something just before the n-th operation of one on the store, for every n there is. All mail goes out all the same.</summary>
    private static async Task WhateverIsUnderWay(MailQuota quota, Func<OneProcess, Task> meanwhile)
    {
        var isReached = true;
        for (var operation = 1; isReached; operation++)
        {
            using var process = await OneProcess.KickedOff(quota);
            var now = 0;
            process.BeforeOperation = async () =>
            {
                if (++now == operation)
                {
                    process.BeforeOperation = () => Task.CompletedTask;
                    await meanwhile(process);
                }
            };
            await process.SendAll();
            isReached = now == operation;
            process.Clock.MoveTo(process.Clock.Now + Duration.FromMinutes(10));
            await process.SendAll();
            process.Mail.Delivered.SelectMany(mail => mail.Messages).Count().ShouldBe(3, $"at operation {operation}");
        }
    }

    private static async Task DieAfterClaiming(OneProcess process)
    {
        var (fate, mails) = (process.Fate, process.Mail.Sends);
        process.Fate = Fate.DiesAt(1, Death.After);
        using var other = process.NewProcess();
        process.Fate = fate;
        try
        {
            await other.Get<Sender>().Pass();
        }
        catch (CrashException)
        {
            process.Mail.Sends.ShouldBe(mails);
        }
    }

    private static IEnumerable<string> People => ["Lead 1", "Facilitator 1", Second];

    private static Func<Task> Once(OneProcess process, Func<Task> what) => async () =>
    {
        process.BeforeSend = () => Task.CompletedTask;
        await what();
    };

    private static async Task<Record> PersonNamed(OneProcess process, string name)
    {
        foreach (var member in (await process.Snapshot()).All<Member>())
        {
            var row = (await process.Records.Find(new RecordKey(Rows.PersonPartition(member.Person), Rows.Person)))!;
            if (row["name"] == name)
            {
                return row;
            }
        }

        throw new InvalidOperationException($"Nobody is named {name}.");
    }

    private static async Task<List<Envelope>> OpenOf(OneProcess process, PersonId reader) => await process.Product.Get<Envelopes>()
        .NewestOf(reader, CancellationToken.None)
        .Where(envelope => envelope.State == EnvelopeState.Claimed)
        .ToListAsync();
}
