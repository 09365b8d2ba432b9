targetScope = 'subscription'

@description('Names the installation: part of every resource\'s name.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Where everything stands. Mail always rests in Canada.')
param location string

@description('Who is written to when something needs a person: parked communities, mail that waits, costs.')
param operatorAddress string

@description('The domain that mail comes from, such as sessions.division.example; empty for one that Azure gives, which is for trying only.')
param mailDomain string = ''

@description('How many mails the provider takes in a minute; 30 for a new domain.')
param mailPerMinute int = 30

@description('How many mails the provider takes in an hour; 100 for a new domain.')
param mailPerHour int = 100

@description('The mailbox in Microsoft 365 whose calendar holds the sessions; empty where mail carries them.')
param graphOrganizer string = ''

@description('Whether orchestrations stand in a Durable Task Scheduler, not in the storage; the app is to be built with it then.')
param durableScheduler bool = false

@description('What all of it may cost in a month, in the subscription\'s currency, before the operator is written to.')
param monthlyBudget int = 100

@description('The first month of the budget.')
param budgetFrom string = utcNow('yyyy-MM-01')

var tags = { 'azd-env-name': environmentName }
var token = uniqueString(subscription().id, environmentName, location)

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-${token}', location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: { name: 'st${token}', location: location, tags: tags, principalId: identity.outputs.principalId }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: { name: 'kv-${token}', location: location, tags: tags, principalId: identity.outputs.principalId }
}

module mail 'modules/mail.bicep' = {
  scope: group
  params: { name: 'acs-${token}', tags: tags, domain: mailDomain, principalId: identity.outputs.principalId }
}

module telemetry 'modules/telemetry.bicep' = {
  scope: group
  params: { name: token, location: location, tags: tags, principalId: identity.outputs.principalId }
}

module scheduler 'modules/scheduler.bicep' = if (durableScheduler) {
  scope: group
  params: { name: 'dts-${token}', location: location, tags: tags, principalId: identity.outputs.principalId, clientId: identity.outputs.clientId }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    location: location
    tags: union(tags, { 'azd-service-name': 'workflows' })
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packages: storage.outputs.packages
    tables: storage.outputs.tables
    vault: vault.outputs.uri
    mailEndpoint: mail.outputs.endpoint
    mailFrom: mail.outputs.from
    mailPerMinute: mailPerMinute
    mailPerHour: mailPerHour
    graphOrganizer: graphOrganizer
    scheduler: scheduler.?outputs.connection ?? ''
    telemetry: telemetry.outputs.connectionString
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: { name: token, location: location, tags: tags, componentId: telemetry.outputs.componentId, operatorAddress: operatorAddress }
}

module budget 'modules/budget.bicep' = {
  scope: group
  params: { name: 'budget-${token}', amount: monthlyBudget, from: budgetFrom, operatorAddress: operatorAddress }
}

@description('Where people reach the pages.')
output COHESION_URL string = app.outputs.url

@description('What stands in the domain\'s name server, so that mail comes from it.')
output COHESION_MAIL_RECORDS object = mail.outputs.records

@description('Who Microsoft Graph is to let into the organizer\'s calendar.')
output COHESION_IDENTITY string = identity.outputs.clientId

@description('For moving an installation here or away: the app, its group, and where records and keys stand.')
output COHESION_APP string = app.outputs.name
output AZURE_RESOURCE_GROUP string = group.name
output COHESION_TABLES string = storage.outputs.tables
output COHESION_VAULT string = vault.outputs.uri
