param name string
param amount int
param from string
param operatorAddress string

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: from }
    notifications: {
      nearly: { enabled: true, operator: 'GreaterThan', threshold: 80, contactEmails: [operatorAddress] }
      foreseen: { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Forecasted', contactEmails: [operatorAddress] }
    }
  }
}
