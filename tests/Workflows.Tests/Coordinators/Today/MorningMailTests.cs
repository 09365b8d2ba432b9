using Cohesion.Workflows.Coordinators.Today;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using NodaTime;

namespace Cohesion.Workflows.Tests.Coordinators.Today;

public sealed class MorningMailTests
{
    private static readonly Instant Morning = Instant.FromUtc(2027, 3, 4, 15, 0);

    [Theory]
    [InlineData(MorningMail.MessageKind, 11, false)]
    [InlineData(MorningMail.MessageKind, 13, true)]
    [InlineData("sign-in", 13, false)]
    public void A_morning_s_mail_that_could_not_go_out_all_day_goes_out_no_more(string kind, int hours, bool isOver) => MorningMail.IsOver(
        new PostMessage(new MessageKey(MessageKey.None, MessageKey.None, kind, PersonId.From("p"), "2027-03-04"), Morning, PostState.Waiting), Morning + Duration.FromHours(hours))
        .ShouldBe(isOver);
}
