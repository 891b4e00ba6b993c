/** Events that are told no more once a session is closed. */
import type { ProviderEvents } from '../provider.js';

/** Calls nothing once `isClosed`. */
export function guardEvents(events: ProviderEvents, isClosed: () => boolean): ProviderEvents {
  const when =
    <Arguments extends readonly unknown[]>(call: (...given: Arguments) => void) =>
    (...given: Arguments) => {
      if (!isClosed()) call(...given);
    };
  return {
    learnerText: when(events.learnerText.bind(events)),
    thinking: when(events.thinking.bind(events)),
    tutorText: when(events.tutorText.bind(events)),
    say: when(events.say.bind(events)),
    audio: when(events.audio.bind(events)),
    equation: when(events.equation.bind(events)),
    interrupted: when(events.interrupted.bind(events)),
    turnEnd: when(events.turnEnd.bind(events)),
    failed: when(events.failed.bind(events)),
  };
}
