using Cohesion.Workflows.Adaptations;
using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Checking;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators.Audit;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Coordinators.Board;
using Cohesion.Workflows.Coordinators.Finish;
using Cohesion.Workflows.Coordinators.Today;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Keeping;
using Cohesion.Workflows.Keys;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Post.Viewer;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Stages.CaseStudySelection;
using Cohesion.Workflows.Stages.CoachingFollowUp;
using Cohesion.Workflows.Stages.FacilitatorTraining;
using Cohesion.Workflows.Stages.Preparation;
using Cohesion.Workflows.Stages.Scheduling;
using Cohesion.Workflows.Stages.SurveyCollection;
using Cohesion.Workflows.Stages.WrapUp;
using Cohesion.Workflows.Telemetry;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Cohesion.Workflows.Web.DataProtection;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows;

/// <summary>
/// The product's services. A host adds its ports: <see cref="IRecordStore"/>, <see cref="IMailSender"/>, IRoundKeys,
/// <see cref="IBell"/>, <see cref="IClock"/>; says by <see cref="AddInstallation"/> which installation it is, and by a
/// <see cref="MailQuota"/> how many mails its provider takes; where the provider tells later what became of a mail,
/// <see cref="IDeliveryStatus"/>.
/// </summary>
public static class Product
{
    public static IServiceCollection AddWorkflows(this IServiceCollection services)
    {
        services.AddSingleton<CycleRecords>().AddSingleton<People>().AddSingleton<Wakes>().AddSingleton<CalendarLeases>().AddSingleton<Absences>();
        services.AddSingleton<HomeRows>().AddSingleton<CoachRows>().AddSingleton<CycleViews>();
        services.AddSingleton<PostOffice>().AddSingleton<Envelopes>().AddSingleton<BouncedAddresses>().AddSingleton<Refusals>();
        services.AddSingleton(MailQuota.None).AddSingleton<Pacing>().AddSingleton<DuePeople>().AddSingleton<WaitingMails>();
        services.AddSingleton<Correspondence>().AddSingleton<LetterDesk>().AddSingleton<Sorting>().AddSingleton<Delivery>();
        services.AddSingleton<Retention>().AddSingleton<DeliveryStatuses>().AddSingleton<Sender>();
        services.AddSingleton<SurveyAnswers>().AddSingleton<ProgrammePool>();
        services.AddSingleton(SessionCalendarOf);
        services.AddSingleton<Turn>().AddSingleton<PromptTurn>().AddSingleton<Intake>().AddSingleton<KickOffs>();
        services.AddSingleton<ProgrammeVersions>().AddSingleton<Pulse>();
        services.AddSingleton<PreviewDesk>();
        services.AddTransient<RecordCheck>().AddTransient<Purge>().AddTransient<RecordLines>();
        services.AddLetters();
        return services.AddPages();
    }

    /// <summary>What an installation of any host is known by: its secret (32 bytes or more), its address, what opens its API, the programmes beside it.</summary>
    /// <exception cref="ProgrammeException">A programme's file cannot be used.</exception>
    public static IServiceCollection AddInstallation(this IServiceCollection services, byte[] secret, Uri publicUrl, string? apiKey = null)
    {
        services.AddSingleton(new ApiKey(apiKey));
        services.AddSingleton(new SignedLinks(secret)).AddSingleton(new WrappingKey(secret));
        services.AddSingleton(new PublicAddress(publicUrl)).AddSingleton<IIdSource, RandomIds>();
        return services.AddSingleton(ProgrammeFiles.Load(Path.Combine(AppContext.BaseDirectory, "Programmes")));
    }

    /// <summary>Mail is not sent: it can be looked at, by everyone who signs in.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="window">Of the program, or its log.</param>
    public static IServiceCollection AddMailViewer(this IServiceCollection services, TextWriter window)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<MailViewer>(provider, window));
        return services.AddSingleton<IMailSender>(provider => provider.GetRequiredService<MailViewer>());
    }

    /// <summary>A host may have no calendar service.</summary>
    private static SessionCalendar SessionCalendarOf(IServiceProvider provider) => new(
        provider.GetRequiredService<People>(),
        provider.GetService<ICalendarService>(),
        provider.GetRequiredService<ILogger<SessionCalendar>>());

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
        services.AddSingleton<Door>().AddSingleton<WayIn>().AddSingleton<PersonForm>();
        services.AddSingleton<AccountList>().AddSingleton<Guard>().AddSingleton<AccountsForm>().AddSingleton<AuditLog>().AddSingleton<AuditPages>();
        services.AddSingleton<CyclePages>().AddSingleton<NextCycleForm>().AddSingleton<FinishDesk>().AddSingleton<AdaptForm>().AddSingleton<Adapter>();
        services.AddSingleton<TodayDesk>().AddSingleton<MorningMail>().AddSingleton<BoardPages>();
        services.AddSingleton<ProgrammesForm>().AddSingleton<SampleLetters>().AddSingleton<TextsForm>();
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
