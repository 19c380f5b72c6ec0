export { fieldOf, type FieldFaults, type FormField } from './form-field.view';
export { type LinkView, hostsLink, hostLink, reportLink, type Urls, graphsLink } from './page-links';
export { refill } from './form-faults';
export { countOf, formatCount, timeView, type TimeView, percentOf, formatSeconds } from './view-format';
export { type HiddenField, type PlainLayout, type LoginPage } from './layout.view';
export { listAddress, pagesView, type PagesView } from './pagination.view';
export { type ChartCard, type ChartTable } from './chart-card.view';
export {
  COUNTER_HEADS,
  counterCells,
  type CounterCell,
  counterName,
  counterShort,
  type CounterHead,
} from './counter-cells';
export { configureHandlebars } from './handlebars';
export { PagesProtocol } from './pages.protocol';
export { ViewKitModule } from './view-kit.module';
export { Navigation } from './navigation';
