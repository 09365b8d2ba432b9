using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cohesion.Workflows.Web;

/// <summary>Pages as results.</summary>
public static class Pages
{
    public static IResult Of<TPage>(params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TPage : IComponent => Of<TPage>(StatusCodes.Status200OK, parameters);

    public static IResult Of<TPage>(int status, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where TPage : IComponent
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
        {
            values.Add(name, value);
        }

        return new RazorComponentResult<TPage>(values) { StatusCode = status };
    }

    /// <summary>A visit's page; one that complains answers 422, so that a client sees it too.</summary>
    public static Task<IResult> For<TPage>(Visit visit)
        where TPage : IComponent => Task.FromResult(Of<TPage>(
            visit.Notice is { IsProblem: true } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK, (nameof(Visit), visit)));

    /// <summary>A page that says what is wrong and what to do.</summary>
    public static IResult Problem(int status, string title, string text) =>
        Of<ProblemPage>(status, (nameof(ProblemPage.Title), title), (nameof(ProblemPage.Text), text));
}
