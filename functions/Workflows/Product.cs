using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Stages.WrapUp;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Cohesion.Workflows.Web.DataProtection;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows;

/// <summary>
/// The product's services. A host adds its ports: <see cref="IRecordStore"/>, <see cref="IMailSender"/>, IRoundKeys,
/// <see cref="IBell"/>, <see cref="IIdSource"/>, <see cref="IClock"/>; and <see cref="SignedLinks"/>, <see cref="WrappingKey"/>,
/// <see cref="PublicAddress"/> and its programmes.
/// </summary>
public static class Product
{
    public static IServiceCollection AddWorkflows(this IServiceCollection services)
    {
        services.AddSingleton<CycleRecords>().AddSingleton<People>().AddSingleton<Wakes>().AddSingleton<HomeRows>();
        services.AddSingleton<PostOffice>().AddSingleton<Envelopes>().AddSingleton<LetterDesk>().AddSingleton<Sender>();
        services.AddSingleton<SurveyAnswers>().AddSingleton<ProgrammePool>();
        services.AddSingleton<Turn>().AddSingleton<Intake>().AddSingleton<KickOffs>();
        services.AddLetters();
        return services.AddPages();
    }

    private static void AddLetters(this IServiceCollection services)
    {
        services.AddSingleton<Links>().AddSingleton<ILinks>(provider => provider.GetRequiredService<Links>());
        services.AddSingleton<ILetterWriter, PreparationLetters>();
        services.AddSingleton<ILetterWriter, CaseStudySelectionLetters>();
        services.AddSingleton<ILetterWriter, FacilitatorTrainingLetters>();
        services.AddSingleton<ILetterWriter, SchedulingLetters>();
        services.AddSingleton<ILetterWriter, AttendanceLetters>();
        services.AddSingleton<ILetterWriter, SurveyCollectionLetters>();
        services.AddSingleton<ILetterWriter, CoachingFollowUpLetters>();
        services.AddSingleton<ILetterWriter, WrapUpLetters>();
        services.AddSingleton<ILetterWriter, CoordinatorLetters>();
    }

    private static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSingleton<Door>().AddSingleton<CoordinatorList>().AddSingleton<CyclePages>();
        services.AddRouting().AddRazorComponents();
        services.Configure<FormOptions>(options => options.ValueCountLimit = 2 * Roster.MostPeople);
        services.AddAntiforgery(options => options.Cookie.SameSite = SameSiteMode.Lax);
        services.AddAuthorization();
        services.AddDataProtection().PersistInRecords();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            options.LoginPath = "/sign-in";
            options.Cookie.Name = "cohesion";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Events.OnValidatePrincipal = SignIn.Validate;
        });
        return services;
    }
}
