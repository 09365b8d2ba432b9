using System.Security.Claims;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Cohesion.Workflows.Coordinators;

/// <summary>Who coordinates: adds coordinators, and says when one is away and who gets their mail then.</summary>
public sealed class CoordinatorsForm(CoordinatorList coordinators, Absences absences, People people, IClock clock)
{
    private const string Path = "/coordinators";

    public async Task<IResult> Get(ClaimsPrincipal user, CancellationToken cancel) => await Show(user, null, null, cancel);

    public async Task<IResult> Add(IFormCollection form, ClaimsPrincipal user, CancellationToken cancel)
    {
        var (name, address) = (form["name"].ToString().Trim(), form["address"].ToString().Trim());
        if (Roster.Check(name, address) is { } problem)
        {
            return await Show(user, form, problem, cancel);
        }

        var zone = (await people.Get(SignIn.Of(user), cancel)).Zone;
        await coordinators.Add(name, address, zone, cancel);
        return new OpenAnew(Path, Say.Text(CoordinatorsTexts.Added, name));
    }

    public async Task<IResult> Away(IFormCollection form, ClaimsPrincipal user, CancellationToken cancel)
    {
        var me = await people.Get(SignIn.Of(user), cancel);
        if (form["answer"] == "back")
        {
            await absences.Set(me.Id, null, cancel);
            return new OpenAnew(Path, CoordinatorsTexts.BackThanks);
        }

        var absence = await AbsenceIn(form, me, cancel);
        if (absence is null)
        {
            return await Show(user, form, CoordinatorsTexts.AwayWrong, cancel);
        }

        await absences.Set(me.Id, absence, cancel);
        return new OpenAnew(Path, CoordinatorsTexts.AwayThanks);
    }

    private async Task<Absence?> AbsenceIn(IFormCollection form, Person me, CancellationToken cancel)
    {
        var (from, to) = (LocalDatePattern.Iso.Parse(form["from"].ToString()), LocalDatePattern.Iso.Parse(form["to"].ToString()));
        var deputy = form["deputy"].ToString();
        return IdText.IsId(deputy) && deputy != me.Id.Value && await coordinators.Has(PersonId.From(deputy), cancel)
            && from.Success && to.Success && from.Value <= to.Value && to.Value >= new CommunityDays(me.Zone).DateOf(clock.GetCurrentInstant())
            ? new Absence(PersonId.From(deputy), from.Value, to.Value)
            : null;
    }

    private async Task<IResult> Show(ClaimsPrincipal user, IFormCollection? typed, string? problem, CancellationToken cancel)
    {
        var rows = new List<CoordinatorRow>();
        foreach (var person in await coordinators.All(cancel))
        {
            rows.Add(new CoordinatorRow(person, await absences.Of(person.Id, cancel)));
        }

        return Pages.Of<CoordinatorsPage>(
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(CoordinatorsPage.Me), SignIn.Of(user)),
            (nameof(CoordinatorsPage.Rows), rows.OrderByName(row => row.Person.Name).ToList()),
            (nameof(CoordinatorsPage.Typed), typed),
            (nameof(CoordinatorsPage.Problem), problem));
    }
}

/// <summary>A coordinator, and when they are away.</summary>
public sealed record CoordinatorRow(Person Person, Absence? Absence);
