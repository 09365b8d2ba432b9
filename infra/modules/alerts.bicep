// Something needs a person: what the product counts (see docs/guide/azure.md), looked at every quarter of an hour.
param name string
param location string
param tags object
param componentId string
param operatorAddress string

var alerts = [
  {
    name: 'communities-stopped'
    text: 'A community has stopped: its coordinator has a mail, and "Try again" on its page.'
    query: 'customMetrics | where name == "cohesion.cycles.parked" | summarize value = max(valueMax) by bin(timestamp, 15m) | where value > 0'
  }
  {
    name: 'mail-waits'
    text: 'The oldest mail that could go out has waited for more than an hour.'
    query: 'customMetrics | where name == "cohesion.post.age" | summarize value = max(valueMax) by bin(timestamp, 15m) | where value > 3600'
  }
  {
    name: 'mail-came-back'
    text: 'More than five mails came back within a quarter of an hour: look at the domain\'s records and reputation.'
    query: 'customMetrics | where name == "cohesion.post.bounced" | summarize value = sum(valueSum) by bin(timestamp, 15m) | where value > 5'
  }
  {
    name: 'functions-fail'
    text: 'Turns or functions have failed again and again.'
    query: 'union (customMetrics | where name == "cohesion.turns.failed" | project timestamp, failures = valueSum), (exceptions | project timestamp, failures = 1.0) | summarize value = sum(failures) by bin(timestamp, 15m) | where value > 5'
  }
  {
    name: 'message-is-poison'
    text: 'A message of the task hub comes back again and again. The sweep walks its community all the same; look at the app\'s log.'
    // The words of DurableTask.AzureStorage 2.11, whose warnings the app logs.
    query: 'traces | where message has "now considered poison" | summarize value = count() by bin(timestamp, 15m) | where value > 0'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'cohesion'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: operatorAddress, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in alerts: {
  name: alert.name
  location: location
  tags: tags
  properties: {
    displayName: alert.name
    description: alert.text
    severity: 2
    enabled: true
    scopes: [componentId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [people.id] }
    autoMitigate: true
  }
}]
