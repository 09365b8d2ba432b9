using Cohesion.Workflows.LocalHost.Mailing;
using Cohesion.Workflows.Post;

namespace Cohesion.Workflows.LocalHost.Tests.Mailing;

public sealed class MailSettingsTests
{
    private const string From = "Cedar Inlet Division <sessions@division.example>";

    [Theory]
    [InlineData("mail.division.example", null, null, From, null, "'mail.division.example' is no mail server. Give --smtp a name and a port")]
    [InlineData("mail.division.example:99999", null, null, From, null, "is no mail server.")]
    [InlineData(":587", null, null, From, null, "is no mail server.")]
    [InlineData("user@mail.division.example:587", null, null, From, null, "is no mail server.")]
    [InlineData("", null, null, From, null, "is no mail server.")]
    [InlineData("mail.division.example:587", "robin", null, From, null, "environment variable COHESION_SMTP_PASSWORD.")]
    [InlineData("mail.division.example:587", "robin", "", From, null, "environment variable COHESION_SMTP_PASSWORD.")]
    [InlineData("mail.division.example:587", null, null, null, null, "Mail needs a sender. Give --mail-from")]
    [InlineData("mail.division.example:587", null, null, "Cedar Inlet Division", null, "is no sender. Give --mail-from")]
    [InlineData("mail.division.example:587", null, null, From, "./eml", "Give one")]
    [InlineData(null, "robin", "s3cret", null, null, "--smtp-user was given without --smtp.")]
    [InlineData(null, null, null, From, null, "--mail-from was given, and no mail is sent.")]
    [InlineData(null, null, null, null, "./eml", "Mail needs a sender. Give --mail-from")]
    [InlineData(null, null, null, From, "", "is no folder for mail:")]
    [InlineData(null, null, null, From, "/dev/null/eml", "is no folder for mail:")]
    public void What_cannot_be_used_is_said_in_one_line_without_the_password(
        string? smtp, string? user, string? password, string? from, string? eml, string says)
    {
        var said = Should.Throw<LocalSettingsException>(() => new MailSettings(smtp, user, password, from, eml).Check()).Message;
        said.ShouldContain(says);
        said.ShouldNotContain("s3cret");
        said.Split('\n').Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("mail.division.example:587", null, null, 30, 100)]
    [InlineData("mail.division.example:587", 0, null, null, 100)]
    [InlineData("mail.division.example:587", 5, 0, 5, null)]
    [InlineData(null, null, null, null, null)]
    [InlineData(null, null, 10, null, 10)]
    public void To_a_mail_server_goes_no_more_than_is_careful_unless_somebody_says_otherwise(string? smtp, int? minute, int? hour, int? perMinute, int? perHour)
    {
        var settings = new MailSettings(smtp, From: smtp is null ? null : From, PerMinute: minute, PerHour: hour);
        settings.Check();
        settings.Quota.ShouldBe(new MailQuota(perMinute, perHour));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(null, -5)]
    public void Fewer_than_no_mails_are_refused(int? minute, int? hour) =>
        Should.Throw<LocalSettingsException>(() => new MailSettings(PerMinute: minute, PerHour: hour).Check()).Message.ShouldContain("--mail-per-hour");

    [Fact]
    public void Without_any_option_mail_stays_in_the_viewer() => new MailSettings(Password: "left over").Check();

    [Theory]
    [InlineData("mail.division.example:587", null, true)]
    [InlineData("127.0.0.1:2525", null, false)]
    [InlineData("localhost:2525", null, false)]
    [InlineData("[::1]:2525", null, false)]
    [InlineData("localhost:2525", "robin", true)]
    public void Mail_goes_in_the_open_only_to_this_machine_and_a_password_nowhere(string smtp, string? user, bool usesTls)
    {
        var settings = new MailSettings(smtp, user, user is null ? null : "s3cret", From);
        settings.Check();
        settings.Server!.UsesTls.ShouldBe(usesTls);
        settings.Server.Port.ShouldBe(smtp.EndsWith("587", StringComparison.Ordinal) ? 587 : 2525);
    }

    [Theory]
    [InlineData("relay.clinic.example:25", null, "Mail goes to relay.clinic.example without an account")]
    [InlineData("mail.division.example:587", "robin", null)]
    [InlineData("localhost:2525", null, null)]
    [InlineData(null, null, null)]
    public void Another_machine_may_take_mail_without_an_account_and_it_is_said(string? smtp, string? user, string? says) =>
        (new MailSettings(smtp, user, user is null ? null : "s3cret", From).Warning ?? "").ShouldStartWith(says ?? "", Case.Sensitive);

    [Theory]
    [InlineData("sessions.division.example")]
    [InlineData("ftp://sessions.division.example")]
    [InlineData("https://sessions.division.example/pages")]
    [InlineData("")]
    public void A_public_address_that_is_none_is_refused(string url) =>
        Should.Throw<LocalSettingsException>(() => Settings(url).Check()).Message.ShouldContain("--public-url");

    [Fact]
    public void Links_start_with_the_public_address_where_there_is_one()
    {
        Settings("https://sessions.division.example").LinkUrl.ShouldBe(new Uri("https://sessions.division.example/"));
        Settings(null).LinkUrl.ShouldBe(new Uri("http://127.0.0.1:7071/"));
    }

    private static LocalSettings Settings(string? url) => new("./data", "http://127.0.0.1:7071") { PublicUrl = url };
}
