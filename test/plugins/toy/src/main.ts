import { commonMessages } from '../../../../ui-plugins/shared/src/messages';
import { runPlugin } from '../../../../ui-plugins/shared/src/run-plugin';
import manifest from '../plugin.json';
import { startToy } from './toy';

runPlugin(window, manifest, commonMessages, startToy);
