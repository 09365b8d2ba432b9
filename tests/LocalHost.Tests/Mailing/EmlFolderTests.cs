using System.Net.Mail;
using System.Text;
using Cohesion.Workflows.LocalHost.Mailing;
using Cohesion.Workflows.Post;

namespace Cohesion.Workflows.LocalHost.Tests.Mailing;

public sealed class EmlFolderTests : IDisposable
{
    private static readonly Guid Operation = new("8d3f1c52-0c5e-4a93-9a26-6e7f0d7c1a11");

    private readonly string _folder = Directory.CreateTempSubdirectory("cohesion-").FullName;

    [Fact]
    public async Task A_mail_is_one_file_however_often_it_is_sent()
    {
        var eml = new EmlFolder(_folder, new MailAddress("sessions@division.example"));
        var mail = new Mail("op1@cohesion.example", "Gus xʷməθkʷəy̓əm", "gus@clinic.example", "Cedar Inlet", "Hello é.\n", "<p>Hello é.</p>");
        (await eml.Ask(Operation)).ShouldBe(MailAnswer.Unknown);

        (await eml.Send(Operation, mail)).ShouldBe(MailAnswer.Accepted);
        (await eml.Send(Operation, mail)).ShouldBe(MailAnswer.Accepted);

        (await eml.Ask(Operation)).ShouldBe(MailAnswer.Accepted);
        var file = Directory.GetFileSystemEntries(_folder).Single();
        Path.GetFileName(file).ShouldBe("8d3f1c520c5e4a939a266e7f0d7c1a11.eml");
        var read = ReadMail.Of(await File.ReadAllTextAsync(file, Encoding.Latin1));
        read["Message-ID"].ShouldBe("<op1@cohesion.example>");
        read.Parts.Select(part => part.Text.Trim()).ShouldBe(["Hello é.", "<p>Hello é.</p>"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
