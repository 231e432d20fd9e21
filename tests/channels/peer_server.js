// The peer-made Bot API server telegram-test-api, for tests/channels/peer.py.
// Prints its address when it listens; ends with its input.
const TelegramServer = require('telegram-test-api');

const server = new TelegramServer({host: '127.0.0.1', port: Number(process.argv[2])});
server.start().then(() => console.log(server.config.apiURL));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
// It dies of one refused webhook; the test sees that by itself.
process.on('unhandledRejection', (error) => console.error(String(error.message)));
