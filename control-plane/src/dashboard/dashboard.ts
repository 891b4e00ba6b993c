/** Entry of the operators' pages: defines `<vt-dashboard>` and gives the page its background. The only file here with side effects. */
import './strict-csp.js';
import './dashboard-view.js';
import { pageStyles } from './styles/tokens.js';

if (pageStyles.styleSheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageStyles.styleSheet];
