/**
 * The stems of the passwords that lists of broken ones are full of. Together with the endings that people add, they cover
 * what twelve characters leave of such lists. One line per first letter.
 */
const stems = `
000000 00000000 010203 012345 0123456789 09876543 098765 0987654321
101010 111111 1111111 11111111 111222 112211 112233 11223344 121212 12121212 123 1234 12341234 12345 123123 123123123 123321 123456
1234567 12345678 123456789 1234567890 123654 123qwe 131313 147258 147258369 159357 159753 1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz 1qaz2wsx
1qazxsw2 222222 2022 2023 2024 2025 2026 232323 252525 333333 369258147 456789 4815162342 520520 5201314 555555 654321 666666 66666666
69696969 741852 741852963 753951 777777 7777777 789456 789456123 7895123 87654321 888888 88888888 963852741 987654 98765432
987654321 999999 99999999 a123456 a1b2c3 a1b2c3d4 aa123456 aaaaaa abc123 abcd1234 abcdef abcdefg abcdefgh abcdefghijkl access
account adgjmptw admin admin123 administrator adobe alexander alexis amanda america amsterdam andrea andrew angel angela angels
anthony apple april arsenal asdasd asdf asdf1234 asdfasdf asdfgh asdfghjkl ashley asshole august austin azerty
babygirl backup badboy bailey banana barcelona baseball basketball batman beautiful benjamin berlin biteme blahblah blessed blink182
brandon brooklyn buster butterfly bubbles calvin camaro cameron carlos caroline changeme changemenow changethis charlie cheese chelsea
chester chicago chicken chocolate christian christopher claudia coffee computer consumer cookie cooper corvette courage cowboy
creative crystal daniel danielle database dallas dearbook default demo denise diamond dolphin donald dragon dreams eagle eagles
einstein elephant elizabeth eminem emmanuel energy england enter estrella facebook falcon family ferrari fishing flower football
forever forgetme france frankfurt freedom friend friends friendship fuckoff fuckyou gabriel gateway genius george ginger
goldfish google gorilla grace guest guitar hammer hannah happiness happy harley harrypotter heather hello helloworld hockey hollywood
honda horses hottie hunter iceman iloveu iloveyou inlove internet ironman isabella jackson january jasmine jasper jennifer jessica
jessie jesus jesuschrist johnny jonathan jordan joseph joshua junior justin kawasaki killer kimberly kitten knight lakers
lauren letmein letmeinplease liberty lincoln linkedin lionking liverpool london lovelove loveme lovely loveyou lucky madison maggie manager
manchester marina marlboro marlon marseille martin master matrix matthew maverick melissa mercedes merlin michael michelle mickey midnight
monday money monitor monkey monster morgan mother mustang mylove mynoob myspace naruto natalie nathan newyork nicholas nicole ninja
nintendo nothing november october oliver online orange p@ssw0rd p@ssword pa55word pa55w0rd panther paradise parola passion passw0rd
passwort password password1 password123 passwordpassword patrick peaches peanut pepper phoenix pikachu please pokemon poiuytrewq
porsche power prince princess private purple qazwsx qazwsxedc q1w2e3 q1w2e3r4 q1w2e3r4t5 qqqqqq qwe123 qweasd qweasdzxc qweqwe qwer1234
qwert qwerty qwerty123 qwertyuiop qwertz qwertzuiop rachel rainbow ranger rebecca richard robert rockyou ronaldo root samantha
samsung sandra saturn scooter scorpion secret secretpassword security september server service shadow shannon silver simple
skywalker slipknot smokey snoopy snowball soccer softball spiderman spring starwars steelers steven strawberry student summer
sunday sunflower sunshine superman superstar support sweetheart sweety system taylor teacher temp temporary tequila test test123
testing testtest thomas thunder tigger tinkerbell trustno1 turtle unicorn unknown user username vanessa victoria vincent wachtwoord
warcraft wednesday welcome welcome1 welcome123 whatever whoami william willow windows winner winter wizard woaini woaini1314 xavier
xxxxxx yamaha yankees yellow zaq12wsx zaq1zaq1 zxcvbn zxcvbnm
`;

/** In lower case. */
export const commonPasswords: ReadonlySet<string> = new Set(stems.trim().split(/\s+/));
