using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Testing;

/// <summary>
/// What a world came to, as people would tell it: what was decided and which messages reached whom, without the times, which a
/// fault may shift by minutes, and without ids.
/// </summary>
public static class Story
{
    public static async Task<string> Of(World world)
    {
        var cycle = (await world.Snapshot())!;
        string Names(IEnumerable<PersonId> people) => string.Join(' ', people.Select(world.InNames).Order(StringComparer.Ordinal));
        var outcomes = cycle.All<CaseStudyChosen>().Select(one => $"{one.Stage} {one.Round}: {one.CaseStudy}")
            .Concat(cycle.All<FacilitatorsTrained>().Select(one => $"{one.Stage} {one.Round}: {Names(one.Facilitators)}"))
            .Concat(cycle.All<SessionDated>().Select(one => $"{one.Stage} {one.Round}: {one.Starts}"))
            .Concat(cycle.All<AttendanceConfirmed>().Select(one => $"{one.Stage} {one.Round}: {Names(cycle.Attendees())}"))
            .Concat(cycle.All<SurveyResults>().Select(one => $"survey {one.Round}: {one.Figures}"))
            .Concat(cycle.All<CoachTaskTold>().Select(one => $"coach: {world.InNames(one.Task)} {one.Number} {one.State}"))
            .Concat(cycle.All<CommitmentAnswered>().Select(one => $"commitment: {world.InNames(one.Person)} {one.Kept}"))
            .Concat(cycle.All<CycleEnded>().Select(one => $"{one.Stage} {one.Round}"));
        var messages = world.Mail.Delivered.SelectMany(mail => mail.Messages).Select(world.InNames);
        return string.Join('\n', outcomes.Concat(messages).Order(StringComparer.Ordinal));
    }
}
