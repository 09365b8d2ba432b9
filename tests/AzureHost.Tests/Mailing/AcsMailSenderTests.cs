using System.Text.Json.Nodes;
using Azure;
using Azure.Communication.Email;
using Azure.Core;
using Azure.Identity;
using Cohesion.Workflows.AzureHost.Mailing;
using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Post;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Cohesion.Workflows.AzureHost.Tests.Mailing;

/// <summary>What goes to Azure Communication Services, and what comes of its answers, over a socket.</summary>
public sealed class AcsMailSenderTests : IAsyncLifetime
{
    private static readonly Mail Invitation = new("m1@cohesion.example", "Ada Wong", "ada@clinic.example", "Riverbend: reply by 27 April", "Hello", "<p>Hello</p>")
    {
        ReplyTo = new Mailbox("Robin Marsh", "robin@division.example"),
        Unsubscribe = new Uri("https://cohesion.example/stop/1"),
    };

    private static readonly AzureKeyCredential Key = new("a2V5");

    private readonly Guid _operation = Guid.NewGuid();
    private AcsServer _server = null!;
    private AcsMailSender _sender = null!;

    /// <summary>The library sends a token by TLS only; what it does with one is its own matter.</summary>
    public async ValueTask InitializeAsync()
    {
        _server = await AcsServer.Start();
        _sender = SenderOf(new EmailClient(_server.Address, Key, AcsMail.Options()));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_mail_is_its_operation_with_the_heads_that_the_post_gave_it()
    {
        (await _sender.Send(_operation, Invitation)).ShouldBe(MailAnswer.Accepted);
        var mail = _server.Operations[_operation.ToString("D")];
        Text(mail, "senderAddress").ShouldBe("sessions@division.example");
        Text(mail["recipients"]!["to"]![0]!, "address").ShouldBe("ada@clinic.example");
        Text(mail["recipients"]!["to"]![0]!, "displayName").ShouldBe("Ada Wong");
        (Text(mail["content"]!, "subject"), Text(mail["content"]!, "plainText"), Text(mail["content"]!, "html")).ShouldBe((Invitation.Subject, Invitation.Text, Invitation.Html));
        Text(mail["replyTo"]![0]!, "address").ShouldBe("robin@division.example");
        mail["userEngagementTrackingDisabled"]!.GetValue<bool>().ShouldBeTrue();
        mail["headers"]!.AsObject().ToDictionary(one => one.Key, one => one.Value!.GetValue<string>()).ShouldBe(
            new Dictionary<string, string>
            {
                ["Message-ID"] = "<m1@cohesion.example>",
                ["x-ms-acsemail-validate-message-id"] = "true",
                ["Auto-Submitted"] = "auto-generated",
                ["List-Unsubscribe"] = "<https://cohesion.example/stop/1>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
            },
            ignoreOrder: true);
        mail["attachments"].ShouldBeNull();
    }

    [Fact]
    public async Task A_session_comes_as_a_published_file()
    {
        var calendar = new CalendarPart(CalendarMethod.Request, "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nATTENDEE;RSVP=FALSE:mailto:ada@clinic.example\r\nEND:VCALENDAR\r\n");
        await _sender.Send(_operation, Invitation with { Calendar = calendar });
        var file = _server.Operations[_operation.ToString("D")]["attachments"]![0]!;
        Text(file, "contentType").ShouldBe("text/calendar; method=PUBLISH; charset=utf-8");
        System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(Text(file, "contentInBase64"))).ShouldBe("BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n");
    }

    [Fact]
    public async Task A_mail_whose_reply_was_lost_is_known_when_it_is_asked_for()
    {
        _server.DropsReply = _ => true;
        (await Should.ThrowAsync<IOException>(_sender.Send(_operation, Invitation))).Message.ShouldContain("cannot be reached");
        (await _sender.Ask(_operation)).ShouldBe(MailAnswer.Accepted);
        (await _sender.Ask(Guid.NewGuid())).ShouldBe(MailAnswer.Unknown);
        _server.Sends.ShouldBe(1);
    }

    [Theory]
    [InlineData("Running")]
    [InlineData("NotStarted")]
    public async Task A_mail_that_is_on_its_way_is_not_sent_again(string status)
    {
        await _sender.Send(_operation, Invitation);
        _server.Status = status;
        (await _sender.Ask(_operation)).ShouldBe(MailAnswer.Accepted);
        (await _sender.Outcome(_operation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_mail_that_was_delivered_has_that_outcome()
    {
        await _sender.Send(_operation, Invitation);
        (await _sender.Outcome(_operation)).ShouldBe(MailAnswer.Accepted);
        (await _sender.Outcome(Guid.NewGuid())).ShouldBe(MailAnswer.Unknown);
    }

    [Fact]
    public async Task A_mail_that_could_not_be_delivered_is_refused_without_its_address()
    {
        await _sender.Send(_operation, Invitation);
        (_server.Status, _server.Failure) = ("Failed", "EmailDroppedAllRecipientsSuppressed");
        (await _sender.Ask(_operation)).ShouldBe(MailAnswer.Refused("200 EmailDroppedAllRecipientsSuppressed"));
        (await _sender.Outcome(_operation)).ShouldBe(MailAnswer.Refused("200 EmailDroppedAllRecipientsSuppressed"));
    }

    /// <summary>Taken for the address's fault it would stop everybody's mail.</summary>
    [Theory]
    [InlineData("Failed", "InternalServerError")]
    [InlineData("Failed", "DomainNotLinked")]
    [InlineData("Failed", "QuotaExceeded")]
    [InlineData("Canceled", null)]
    public async Task A_mail_that_the_service_failed_with_for_a_reason_of_its_own_is_lost_and_not_refused(string status, string? code)
    {
        await _sender.Send(_operation, Invitation);
        (_server.Status, _server.Failure) = (status, code);
        (await _sender.Ask(_operation)).ShouldBe(MailAnswer.Lost($"200 {code}".TrimEnd()));
        (await _sender.Outcome(_operation)).ShouldBe(MailAnswer.Lost($"200 {code}".TrimEnd()));
    }

    [Fact]
    public async Task A_service_that_was_asked_too_often_says_when_it_tells_again()
    {
        await _sender.Send(_operation, Invitation);
        _server.RefusesToTell = () => new Busy(429, "1800");
        (await _sender.Outcome(_operation)).ShouldBe(MailAnswer.Busy("429 TooManyRequests", Duration.FromMinutes(30)));
    }

    [Fact]
    public async Task A_service_that_does_not_tell_is_no_answer()
    {
        _server.RefusesToTell = () => AcsServer.Error(500, "InternalServerError");
        await Should.ThrowAsync<IOException>(_sender.Outcome(_operation));
    }

    [Fact]
    public void The_post_sends_by_it_and_asks_it_what_became_of_mail()
    {
        using var services = new ServiceCollection().AddLogging().AddAcsMail(_server.Address, "sessions@division.example").BuildServiceProvider();
        services.GetRequiredService<IDeliveryStatus>().ShouldBeSameAs(services.GetRequiredService<IMailSender>());
    }

    [Theory]
    [InlineData(429, "17", 17)]
    [InlineData(503, null, 60)]
    public async Task A_busy_service_closes_the_post_until_it_says(int status, string? retryAfter, int seconds)
    {
        _server.Refuses = () => new Busy(status, retryAfter);
        (await _sender.Send(_operation, Invitation)).ShouldBe(MailAnswer.Busy($"{status} TooManyRequests", Duration.FromSeconds(seconds)));
        _server.Sends.ShouldBe(1);
    }

    [Theory]
    [InlineData("InvalidEmailAddress")]
    [InlineData("EmailDroppedAllRecipientsSuppressed")]
    public async Task An_address_that_is_none_or_takes_no_mail_is_refused(string code)
    {
        _server.Refuses = () => AcsServer.Error(400, code);
        (await _sender.Send(_operation, Invitation)).ShouldBe(MailAnswer.Refused($"400 {code}"));
    }

    /// <summary>Taken for the recipient's fault it would make everybody's mail bounce.</summary>
    [Theory]
    [InlineData(400, "DomainNotLinked")]
    [InlineData(400, "BadRequest")]
    [InlineData(401, "Denied")]
    [InlineData(403, "SubscriptionBlocked")]
    [InlineData(403, "NoRecipientAllowed")]
    [InlineData(404, "ResourceNotFound")]
    [InlineData(500, "InternalServerError")]
    public async Task What_is_about_the_installation_leaves_the_mail_to_be_sent_again(int status, string code)
    {
        _server.Refuses = () => AcsServer.Error(status, code);
        var failure = await Should.ThrowAsync<IOException>(_sender.Send(_operation, Invitation));
        failure.ToString().ShouldContain($"{status} {code}");
        failure.ToString().ShouldNotContain("ada@clinic.example");
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_leaves_it_unknown_whether_the_service_has_the_mail()
    {
        _server.Refuses = () => Results.StatusCode(202);
        await Should.ThrowAsync<IOException>(_sender.Send(_operation, Invitation));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_not_waited_for_without_end()
    {
        var options = AcsMail.Options();
        options.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(200);
        _server.Refuses = () => new Pending();
        await Should.ThrowAsync<IOException>(SenderOf(new EmailClient(_server.Address, Key, options)).Send(_operation, Invitation));
    }

    [Fact]
    public async Task A_host_that_is_given_no_token_leaves_the_mail_to_be_sent_again()
    {
        var client = new EmailClient(new Uri("https://cohesion.example"), new NoToken(), AcsMail.Options());
        (await Should.ThrowAsync<IOException>(SenderOf(client).Send(_operation, Invitation))).Message.ShouldContain("no token");
    }

    [Fact]
    public async Task A_service_that_is_away_is_said_to_be_so()
    {
        await _server.DisposeAsync();
        await Should.ThrowAsync<IOException>(_sender.Send(_operation, Invitation));
    }

    private static AcsMailSender SenderOf(EmailClient client) => new(client, "sessions@division.example", NullLogger<AcsMailSender>.Instance);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    /// <summary>An answer that does not come while anybody waits for it.</summary>
    private sealed class Pending : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Task.Delay(Timeout.Infinite, httpContext.RequestAborted);
    }

    private sealed class NoToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("There is no managed identity.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("There is no managed identity.");
    }

    /// <summary>A refusal with a header.</summary>
    private sealed class Busy(int status, string? retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = retryAfter;
            return AcsServer.Error(status, "TooManyRequests").ExecuteAsync(httpContext);
        }
    }
}
