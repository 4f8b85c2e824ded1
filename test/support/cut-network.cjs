// Loaded before the app (`node --require`, `electron -r`) by tests only: while the file that it is told of exists, this process
// reaches nobody over TCP, as a computer whose cable was pulled. The app itself has no test code.
const { existsSync } = require('node:fs');
const { Socket } = require('node:net');

const file = process.env['VINCULO_TEST_NETWORK_CUT'] ?? '';
/** @type {Set<import('node:net').Socket>} */
const connected = new Set();
/** As the system says it when there is no way to anybody. */
const unreachable = () => Object.assign(new Error('connect ENETUNREACH'), { code: 'ENETUNREACH', syscall: 'connect' });

const { connect } = Socket.prototype;
/** @this {import('node:net').Socket} @param {unknown[]} given */
Socket.prototype.connect = function (...given) {
  // Node hands its own arguments on as one normalised list; a pipe or a socket file has a path and no port.
  const [options] = /** @type {{ port?: unknown }[]} */ (Array.isArray(given[0]) ? given[0] : given);
  const isTcp = typeof options === 'number' || options?.port !== undefined;
  if (isTcp && existsSync(file)) {
    process.nextTick(() => this.destroy(unreachable()));
    return this;
  }
  if (isTcp) {
    connected.add(this);
    this.once('close', () => connected.delete(this));
  }
  return Reflect.apply(connect, this, given);
};
setInterval(() => {
  if (connected.size > 0 && existsSync(file)) for (const socket of connected) socket.destroy(unreachable());
}, 50).unref();
