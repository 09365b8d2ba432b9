using Cohesion.Workflows.Testing;
namespace Cohesion.Workflows.Tests.Programmes;

public sealed class ProgrammeSchemaTests
{
    private const string File = "functions/Workflows/Programmes/programme.schema.json";

    [Fact]
    public void The_checked_in_schema_is_the_one_that_the_types_make()
    {
        if (Repository.Approves)
        {
            System.IO.File.WriteAllText(Repository.PathOf(File), ProgrammeSchema.Text());
        }

        System.IO.File.ReadAllText(Repository.PathOf(File)).ReplaceLineEndings("\n").ShouldBe(
            ProgrammeSchema.Text(), $"Write {File} anew: {Repository.Approve}=1 dotnet test tests/Workflows.Tests --filter ProgrammeSchema");
    }
}
