// Mail rests and goes out in Canada. A domain of one's own is proved by records in its name server: see docs/guide/azure.md.
param name string
param tags object
param domain string
param principalId string

var isOwn = !empty(domain)
var mayManage = '09976791-48a7-449e-bb21-39d1a415f350' // Communication and Email Service Owner: there is no smaller one that may send

resource service 'Microsoft.Communication/emailServices@2023-04-01' = {
  name: '${name}-mail'
  location: 'global'
  tags: tags
  properties: { dataLocation: 'Canada' }

  resource sending 'domains' = {
    name: isOwn ? domain : 'AzureManagedDomain'
    location: 'global'
    tags: tags
    properties: {
      domainManagement: isOwn ? 'CustomerManaged' : 'AzureManaged'
      userEngagementTracking: 'Disabled'
    }

    resource sender 'senderUsernames' = if (isOwn) {
      name: 'sessions'
      properties: { username: 'sessions', displayName: 'Learning sessions' }
    }
  }
}

resource communication 'Microsoft.Communication/communicationServices@2023-04-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    dataLocation: 'Canada'
    linkedDomains: [service::sending.id]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, principalId, mayManage)
  scope: communication
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', mayManage)
  }
}

output endpoint string = 'https://${communication.properties.hostName}'
output from string = '${isOwn ? 'sessions' : 'DoNotReply'}@${service::sending.properties.fromSenderDomain}'
output records object = isOwn ? service::sending.properties.verificationRecords : {}
