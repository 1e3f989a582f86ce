// What every page runs: GOV.UK Frontend's menu, skip link and error summary.
import {
  ErrorSummary,
  ServiceNavigation,
  SkipLink,
  createAll
} from 'govuk-frontend'
import './copy.js'
import './share.js'
import './location.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const component of [ErrorSummary, ServiceNavigation, SkipLink]) {
  createAll(component)
}
