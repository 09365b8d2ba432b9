using System.Net.Mail;
using Cohesion.Workflows.Post;

namespace Cohesion.Workflows.LocalHost.Mailing;

/// <summary>Writes each mail into a folder as an .eml file, which any mail program opens. A file is there whole or not at all.</summary>
internal sealed class EmlFolder(string folder, MailAddress from) : IMailSender
{
    public async Task<MailAnswer> Send(Guid operationId, Mail mail, CancellationToken cancel = default)
    {
        var written = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(folder), $".{operationId:N}-{Guid.NewGuid():N}"));
        using (var mime = new MimeMail(mail, from))
        using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = written.FullName })
        {
            await client.SendMailAsync(mime.Message, cancel);
        }

        written.GetFiles().Single().MoveTo(FileOf(operationId), overwrite: true);
        written.Delete();
        return MailAnswer.Accepted;
    }

    public Task<MailAnswer> Ask(Guid operationId, CancellationToken cancel = default) =>
        Task.FromResult(File.Exists(FileOf(operationId)) ? MailAnswer.Accepted : MailAnswer.Unknown);

    private string FileOf(Guid operationId) => Path.Combine(folder, $"{operationId:N}.eml");
}
