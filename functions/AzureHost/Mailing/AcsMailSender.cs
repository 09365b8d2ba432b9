using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Communication.Email;
using Azure.Identity;
using Cohesion.Workflows.Post;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.AzureHost.Mailing;

/// <summary>
/// Hands mail to Azure Communication Services, which knows an operation again by its id. It has the mail when it has accepted the
/// operation; whether it could deliver it, it tells when it is asked.
/// </summary>
public sealed class AcsMailSender(EmailClient client, string from, ILogger<AcsMailSender> log) : IMailSender, IDeliveryStatus
{
    private static readonly Duration Pause = Duration.FromMinutes(1);

    public async Task<MailAnswer> Send(Guid operationId, Mail mail, CancellationToken cancel = default)
    {
        var refusal = await Explained(operationId, async () =>
        {
            await client.SendAsync(WaitUntil.Started, AcsMessage.Of(mail, from), operationId, cancel);
            return null;
        }, cancel);
        return refusal ?? MailAnswer.Accepted;
    }

    public async Task<MailAnswer> Ask(Guid operationId, CancellationToken cancel = default) =>
        await Outcome(operationId, cancel) ?? MailAnswer.Accepted;

    public Task<MailAnswer?> Outcome(Guid operationId, CancellationToken cancel = default) => Explained(operationId, async () =>
    {
        var operation = new EmailSendOperation(operationId.ToString("D"), client);
        try
        {
            await operation.UpdateStatusAsync(cancel);
            return operation.HasCompleted ? MailAnswer.Accepted : null;
        }
        catch (RequestFailedException failure) when (operation.HasCompleted)
        {
            return IsAboutTheAddress(failure) ? Refused(operationId, failure) : Lost(operationId, failure);
        }
        catch (RequestFailedException unknown) when (unknown.Status == 404)
        {
            return MailAnswer.Unknown;
        }
    }, cancel);

    /// <summary>What is about this installation and not about the address (no token, no such domain) leaves it to be sent again.</summary>
    private async Task<MailAnswer?> Explained(Guid operationId, Func<Task<MailAnswer?>> call, CancellationToken cancel)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException busy) when (busy.Status is 429 or 503)
        {
            return MailAnswer.Busy(Said(busy), After(busy));
        }
        catch (RequestFailedException wrong) when (wrong.Status == 400 && IsAboutTheAddress(wrong))
        {
            return Refused(operationId, wrong);
        }
        catch (RequestFailedException away) when (away.Status == 0)
        {
            throw NotTaken("Azure Communication Services cannot be reached, or the connection was lost.");
        }
        catch (RequestFailedException failure)
        {
            throw NotTaken(Said(failure));
        }
        catch (AuthenticationFailedException)
        {
            throw NotTaken("The host's identity was given no token for Azure Communication Services.");
        }
        catch (Exception failure) when (failure is JsonException || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw NotTaken($"Azure Communication Services did not answer as it should ({failure.GetType().Name}).");
        }
    }

    /// <summary>Without its cause, which is logged with it and can hold the recipient's address.</summary>
    private static IOException NotTaken(string reason) => new(reason);

    /// <summary>
    /// Its codes are listed nowhere; these were seen (EmailDroppedAllRecipientsSuppressed, InvalidEmailAddress). The installation's own
    /// address is checked as it starts. Whatever else there may be is taken for the service's: taken for the address's, a service that fails
    /// with all mail would stop everybody's.
    /// </summary>
    private static bool IsAboutTheAddress(RequestFailedException failure) =>
        failure.ErrorCode is { } code && (code.Contains("Recipient", StringComparison.OrdinalIgnoreCase) || code == "InvalidEmailAddress");

    private MailAnswer Lost(Guid operationId, RequestFailedException failure)
    {
        log.LogError("Azure Communication Services failed with {Operation}, which goes out again: {Reason}", operationId, Said(failure));
        return MailAnswer.Lost(Said(failure));
    }

    private MailAnswer Refused(Guid operationId, RequestFailedException failure)
    {
        log.LogWarning("Azure Communication Services will not take {Operation}: {Reason}", operationId, Said(failure));
        return MailAnswer.Refused(Said(failure));
    }

    /// <summary>Its message can hold the recipient's address.</summary>
    private static string Said(RequestFailedException failure) =>
        string.Create(CultureInfo.InvariantCulture, $"{failure.Status} {failure.ErrorCode}").TrimEnd();

    private static Duration After(RequestFailedException busy) =>
        busy.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var seconds) == true
        && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? Duration.FromSeconds(count)
            : Pause;
}
