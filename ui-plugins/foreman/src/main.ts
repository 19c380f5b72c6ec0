import { runPlugin } from '../../shared/src/run-plugin';
import manifest from '../plugin.json';
import { messagesFor } from './messages';
import { startForeman } from './plugin';

runPlugin(window, manifest, messagesFor, startForeman);
