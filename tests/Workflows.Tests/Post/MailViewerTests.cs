using Cohesion.Workflows.Web;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Testing;

namespace Cohesion.Workflows.Tests.Post;

/// <summary>Where mail is not sent, nobody could sign in who is signed out: that one link is said in the program's window.</summary>
public sealed class MailViewerTests
{
    [Theory]
    [InlineData("Hello\n\nSign in: https://here.example/sign-in/abc.def\n", "https://here.example/sign-in/abc.def")]
    [InlineData("Hello\n\nYes: https://here.example/reply/abc.def\n", null)]
    [InlineData("In their own words:\n\nhttps://there.example/sign-in/abc.def\n", null)]
    public async Task Only_a_link_to_sign_in_is_said_and_once(string text, string? link)
    {
        using var window = new StringWriter();
        var viewer = new MailViewer(new MemoryRecordStore(), new VirtualClock(World.Start), new PublicAddress(new Uri("https://here.example")), window);
        var (operation, mail) = (Guid.NewGuid(), new Mail("id", "Robin", "robin@division.example", "Subject", text, "<p>Text</p>"));
        await viewer.Send(operation, mail);
        await viewer.Send(operation, mail);
        window.ToString().Trim().ShouldBe(link is null ? "" : $"Sign in (for one hour): {link}");
    }
}
