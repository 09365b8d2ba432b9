// One small instance is always ready: a coordinator's page answers at once, and the post's timer is never late.
param name string
param location string
param tags object
param identityId string
param clientId string
param storageName string
param packages string
param tables string
param vault string
param mailEndpoint string
param mailFrom string
param mailPerMinute int
param mailPerHour int
param graphOrganizer string

@description('How the Durable Task Scheduler is reached; empty where orchestrations stand in the storage.')
param scheduler string
param telemetry string

var url = 'https://${name}.azurewebsites.net'

var settings = {
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
  AzureWebJobsDisableHomepage: 'true'
  APPLICATIONINSIGHTS_CONNECTION_STRING: telemetry
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
  AZURE_CLIENT_ID: clientId
  Cohesion__Tables: tables
  Cohesion__PublicUrl: url
  Cohesion__RoundKeys: vault
  Cohesion__MailEndpoint: mailEndpoint
  Cohesion__MailFrom: mailFrom
  Cohesion__MailPerMinute: string(mailPerMinute)
  Cohesion__MailPerHour: string(mailPerHour)
  Cohesion__GraphOrganizer: graphOrganizer
}

// They say what host.json says otherwise.
var schedulerSettings = empty(scheduler) ? {} : {
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: scheduler
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packages
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: 40
        alwaysReady: [{ name: 'http', instanceCount: 1 }]
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, schedulerSettings)
  }

  // Packages come by the identity; nobody comes by a password.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
output url string = url
