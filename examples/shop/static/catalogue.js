window.CATALOGUE = [
 {
  "id": 0,
  "name": "red kettle",
  "price": 6920,
  "stock": 115,
  "image": "img/red-kettle.png"
 },
 {
  "id": 1,
  "name": "oak kettle",
  "price": 19700,
  "stock": 143,
  "image": "img/oak-kettle.png"
 },
 {
  "id": 2,
  "name": "small kettle",
  "price": 3370,
  "stock": 199,
  "image": "img/small-kettle.png"
 },
 {
  "id": 3,
  "name": "folding kettle",
  "price": 8370,
  "stock": 119,
  "image": "img/folding-kettle.png"
 },
 {
  "id": 4,
  "name": "enamel kettle",
  "price": 13620,
  "stock": 115,
  "image": "img/enamel-kettle.png"
 },
 {
  "id": 5,
  "name": "brass kettle",
  "price": 1270,
  "stock": 130,
  "image": "img/brass-kettle.png"
 },
 {
  "id": 6,
  "name": "woven kettle",
  "price": 1770,
  "stock": 150,
  "image": "img/woven-kettle.png"
 },
 {
  "id": 7,
  "name": "solar kettle",
  "price": 17100,
  "stock": 48,
  "image": "img/solar-kettle.png"
 },
 {
  "id": 8,
  "name": "tall kettle",
  "price": 11260,
  "stock": 47,
  "image": "img/tall-kettle.png"
 },
 {
  "id": 9,
  "name": "plain kettle",
  "price": 2210,
  "stock": 131,
  "image": "img/plain-kettle.png"
 },
 {
  "id": 10,
  "name": "red lamp",
  "price": 7770,
  "stock": 121,
  "image": "img/red-lamp.png"
 },
 {
  "id": 11,
  "name": "oak lamp",
  "price": 12220,
  "stock": 161,
  "image": "img/oak-lamp.png"
 },
 {
  "id": 12,
  "name": "small lamp",
  "price": 1470,
  "stock": 157,
  "image": "img/small-lamp.png"
 },
 {
  "id": 13,
  "name": "folding lamp",
  "price": 18920,
  "stock": 47,
  "image": "img/folding-lamp.png"
 },
 {
  "id": 14,
  "name": "enamel lamp",
  "price": 10680,
  "stock": 24,
  "image": "img/enamel-lamp.png"
 },
 {
  "id": 15,
  "name": "brass lamp",
  "price": 4680,
  "stock": 114,
  "image": "img/brass-lamp.png"
 },
 {
  "id": 16,
  "name": "woven lamp",
  "price": 1050,
  "stock": 77,
  "image": "img/woven-lamp.png"
 },
 {
  "id": 17,
  "name": "solar lamp",
  "price": 2050,
  "stock": 36,
  "image": "img/solar-lamp.png"
 },
 {
  "id": 18,
  "name": "tall lamp",
  "price": 9170,
  "stock": 23,
  "image": "img/tall-lamp.png"
 },
 {
  "id": 19,
  "name": "plain lamp",
  "price": 8850,
  "stock": 137,
  "image": "img/plain-lamp.png"
 },
 {
  "id": 20,
  "name": "red chair",
  "price": 1720,
  "stock": 177,
  "image": "img/red-chair.png"
 },
 {
  "id": 21,
  "name": "oak chair",
  "price": 5210,
  "stock": 162,
  "image": "img/oak-chair.png"
 },
 {
  "id": 22,
  "name": "small chair",
  "price": 2140,
  "stock": 10,
  "image": "img/small-chair.png"
 },
 {
  "id": 23,
  "name": "folding chair",
  "price": 11570,
  "stock": 152,
  "image": "img/folding-chair.png"
 },
 {
  "id": 24,
  "name": "enamel chair",
  "price": 8980,
  "stock": 101,
  "image": "img/enamel-chair.png"
 },
 {
  "id": 25,
  "name": "brass chair",
  "price": 1500,
  "stock": 115,
  "image": "img/brass-chair.png"
 },
 {
  "id": 26,
  "name": "woven chair",
  "price": 17220,
  "stock": 167,
  "image": "img/woven-chair.png"
 },
 {
  "id": 27,
  "name": "solar chair",
  "price": 11870,
  "stock": 189,
  "image": "img/solar-chair.png"
 },
 {
  "id": 28,
  "name": "tall chair",
  "price": 2820,
  "stock": 157,
  "image": "img/tall-chair.png"
 },
 {
  "id": 29,
  "name": "plain chair",
  "price": 19690,
  "stock": 166,
  "image": "img/plain-chair.png"
 },
 {
  "id": 30,
  "name": "red bicycle bell",
  "price": 4860,
  "stock": 40,
  "image": "img/red-bicycle-bell.png"
 },
 {
  "id": 31,
  "name": "oak bicycle bell",
  "price": 13200,
  "stock": 159,
  "image": "img/oak-bicycle-bell.png"
 },
 {
  "id": 32,
  "name": "small bicycle bell",
  "price": 13130,
  "stock": 3,
  "image": "img/small-bicycle-bell.png"
 },
 {
  "id": 33,
  "name": "folding bicycle bell",
  "price": 12220,
  "stock": 135,
  "image": "img/folding-bicycle-bell.png"
 },
 {
  "id": 34,
  "name": "enamel bicycle bell",
  "price": 19690,
  "stock": 16,
  "image": "img/enamel-bicycle-bell.png"
 },
 {
  "id": 35,
  "name": "brass bicycle bell",
  "price": 1550,
  "stock": 15,
  "image": "img/brass-bicycle-bell.png"
 },
 {
  "id": 36,
  "name": "woven bicycle bell",
  "price": 12100,
  "stock": 9,
  "image": "img/woven-bicycle-bell.png"
 },
 {
  "id": 37,
  "name": "solar bicycle bell",
  "price": 12280,
  "stock": 48,
  "image": "img/solar-bicycle-bell.png"
 },
 {
  "id": 38,
  "name": "tall bicycle bell",
  "price": 8410,
  "stock": 61,
  "image": "img/tall-bicycle-bell.png"
 },
 {
  "id": 39,
  "name": "plain bicycle bell",
  "price": 1300,
  "stock": 153,
  "image": "img/plain-bicycle-bell.png"
 },
 {
  "id": 40,
  "name": "red rope",
  "price": 4810,
  "stock": 7,
  "image": "img/red-rope.png"
 },
 {
  "id": 41,
  "name": "oak rope",
  "price": 1240,
  "stock": 199,
  "image": "img/oak-rope.png"
 },
 {
  "id": 42,
  "name": "small rope",
  "price": 11690,
  "stock": 118,
  "image": "img/small-rope.png"
 },
 {
  "id": 43,
  "name": "folding rope",
  "price": 17870,
  "stock": 83,
  "image": "img/folding-rope.png"
 },
 {
  "id": 44,
  "name": "enamel rope",
  "price": 3010,
  "stock": 112,
  "image": "img/enamel-rope.png"
 },
 {
  "id": 45,
  "name": "brass rope",
  "price": 6220,
  "stock": 151,
  "image": "img/brass-rope.png"
 },
 {
  "id": 46,
  "name": "woven rope",
  "price": 8870,
  "stock": 50,
  "image": "img/woven-rope.png"
 },
 {
  "id": 47,
  "name": "solar rope",
  "price": 3240,
  "stock": 132,
  "image": "img/solar-rope.png"
 },
 {
  "id": 48,
  "name": "tall rope",
  "price": 11360,
  "stock": 59,
  "image": "img/tall-rope.png"
 },
 {
  "id": 49,
  "name": "plain rope",
  "price": 2700,
  "stock": 163,
  "image": "img/plain-rope.png"
 },
 {
  "id": 50,
  "name": "red teapot",
  "price": 11980,
  "stock": 75,
  "image": "img/red-teapot.png"
 },
 {
  "id": 51,
  "name": "oak teapot",
  "price": 6600,
  "stock": 127,
  "image": "img/oak-teapot.png"
 },
 {
  "id": 52,
  "name": "small teapot",
  "price": 11760,
  "stock": 1,
  "image": "img/small-teapot.png"
 },
 {
  "id": 53,
  "name": "folding teapot",
  "price": 17000,
  "stock": 169,
  "image": "img/folding-teapot.png"
 },
 {
  "id": 54,
  "name": "enamel teapot",
  "price": 14250,
  "stock": 21,
  "image": "img/enamel-teapot.png"
 },
 {
  "id": 55,
  "name": "brass teapot",
  "price": 3990,
  "stock": 117,
  "image": "img/brass-teapot.png"
 },
 {
  "id": 56,
  "name": "woven teapot",
  "price": 2400,
  "stock": 167,
  "image": "img/woven-teapot.png"
 },
 {
  "id": 57,
  "name": "solar teapot",
  "price": 12200,
  "stock": 71,
  "image": "img/solar-teapot.png"
 },
 {
  "id": 58,
  "name": "tall teapot",
  "price": 11980,
  "stock": 104,
  "image": "img/tall-teapot.png"
 },
 {
  "id": 59,
  "name": "plain teapot",
  "price": 13370,
  "stock": 141,
  "image": "img/plain-teapot.png"
 },
 {
  "id": 60,
  "name": "red broom",
  "price": 4130,
  "stock": 21,
  "image": "img/red-broom.png"
 },
 {
  "id": 61,
  "name": "oak broom",
  "price": 7910,
  "stock": 181,
  "image": "img/oak-broom.png"
 },
 {
  "id": 62,
  "name": "small broom",
  "price": 2280,
  "stock": 65,
  "image": "img/small-broom.png"
 },
 {
  "id": 63,
  "name": "folding broom",
  "price": 11500,
  "stock": 80,
  "image": "img/folding-broom.png"
 },
 {
  "id": 64,
  "name": "enamel broom",
  "price": 14870,
  "stock": 194,
  "image": "img/enamel-broom.png"
 },
 {
  "id": 65,
  "name": "brass broom",
  "price": 1570,
  "stock": 58,
  "image": "img/brass-broom.png"
 },
 {
  "id": 66,
  "name": "woven broom",
  "price": 11840,
  "stock": 131,
  "image": "img/woven-broom.png"
 },
 {
  "id": 67,
  "name": "solar broom",
  "price": 1510,
  "stock": 73,
  "image": "img/solar-broom.png"
 },
 {
  "id": 68,
  "name": "tall broom",
  "price": 12960,
  "stock": 7,
  "image": "img/tall-broom.png"
 },
 {
  "id": 69,
  "name": "plain broom",
  "price": 4500,
  "stock": 17,
  "image": "img/plain-broom.png"
 },
 {
  "id": 70,
  "name": "red ladder",
  "price": 10450,
  "stock": 144,
  "image": "img/red-ladder.png"
 },
 {
  "id": 71,
  "name": "oak ladder",
  "price": 14220,
  "stock": 196,
  "image": "img/oak-ladder.png"
 },
 {
  "id": 72,
  "name": "small ladder",
  "price": 11170,
  "stock": 27,
  "image": "img/small-ladder.png"
 },
 {
  "id": 73,
  "name": "folding ladder",
  "price": 9040,
  "stock": 102,
  "image": "img/folding-ladder.png"
 },
 {
  "id": 74,
  "name": "enamel ladder",
  "price": 16200,
  "stock": 27,
  "image": "img/enamel-ladder.png"
 },
 {
  "id": 75,
  "name": "brass ladder",
  "price": 6720,
  "stock": 74,
  "image": "img/brass-ladder.png"
 },
 {
  "id": 76,
  "name": "woven ladder",
  "price": 9820,
  "stock": 98,
  "image": "img/woven-ladder.png"
 },
 {
  "id": 77,
  "name": "solar ladder",
  "price": 12280,
  "stock": 17,
  "image": "img/solar-ladder.png"
 },
 {
  "id": 78,
  "name": "tall ladder",
  "price": 19200,
  "stock": 4,
  "image": "img/tall-ladder.png"
 },
 {
  "id": 79,
  "name": "plain ladder",
  "price": 9570,
  "stock": 175,
  "image": "img/plain-ladder.png"
 },
 {
  "id": 80,
  "name": "red lantern",
  "price": 7690,
  "stock": 0,
  "image": "img/red-lantern.png"
 },
 {
  "id": 81,
  "name": "oak lantern",
  "price": 6420,
  "stock": 54,
  "image": "img/oak-lantern.png"
 },
 {
  "id": 82,
  "name": "small lantern",
  "price": 5370,
  "stock": 53,
  "image": "img/small-lantern.png"
 },
 {
  "id": 83,
  "name": "folding lantern",
  "price": 16550,
  "stock": 13,
  "image": "img/folding-lantern.png"
 },
 {
  "id": 84,
  "name": "enamel lantern",
  "price": 3970,
  "stock": 120,
  "image": "img/enamel-lantern.png"
 },
 {
  "id": 85,
  "name": "brass lantern",
  "price": 14600,
  "stock": 96,
  "image": "img/brass-lantern.png"
 },
 {
  "id": 86,
  "name": "woven lantern",
  "price": 16260,
  "stock": 181,
  "image": "img/woven-lantern.png"
 },
 {
  "id": 87,
  "name": "solar lantern",
  "price": 5280,
  "stock": 101,
  "image": "img/solar-lantern.png"
 },
 {
  "id": 88,
  "name": "tall lantern",
  "price": 1960,
  "stock": 107,
  "image": "img/tall-lantern.png"
 },
 {
  "id": 89,
  "name": "plain lantern",
  "price": 12050,
  "stock": 18,
  "image": "img/plain-lantern.png"
 },
 {
  "id": 90,
  "name": "red basket",
  "price": 6430,
  "stock": 144,
  "image": "img/red-basket.png"
 },
 {
  "id": 91,
  "name": "oak basket",
  "price": 11040,
  "stock": 161,
  "image": "img/oak-basket.png"
 },
 {
  "id": 92,
  "name": "small basket",
  "price": 10420,
  "stock": 50,
  "image": "img/small-basket.png"
 },
 {
  "id": 93,
  "name": "folding basket",
  "price": 18210,
  "stock": 199,
  "image": "img/folding-basket.png"
 },
 {
  "id": 94,
  "name": "enamel basket",
  "price": 7320,
  "stock": 172,
  "image": "img/enamel-basket.png"
 },
 {
  "id": 95,
  "name": "brass basket",
  "price": 15220,
  "stock": 69,
  "image": "img/brass-basket.png"
 },
 {
  "id": 96,
  "name": "woven basket",
  "price": 9480,
  "stock": 86,
  "image": "img/woven-basket.png"
 },
 {
  "id": 97,
  "name": "solar basket",
  "price": 6180,
  "stock": 22,
  "image": "img/solar-basket.png"
 },
 {
  "id": 98,
  "name": "tall basket",
  "price": 12760,
  "stock": 79,
  "image": "img/tall-basket.png"
 },
 {
  "id": 99,
  "name": "plain basket",
  "price": 1780,
  "stock": 85,
  "image": "img/plain-basket.png"
 },
 {
  "id": 100,
  "name": "red vase",
  "price": 2700,
  "stock": 3,
  "image": "img/red-vase.png"
 },
 {
  "id": 101,
  "name": "oak vase",
  "price": 10770,
  "stock": 104,
  "image": "img/oak-vase.png"
 },
 {
  "id": 102,
  "name": "small vase",
  "price": 8850,
  "stock": 194,
  "image": "img/small-vase.png"
 },
 {
  "id": 103,
  "name": "folding vase",
  "price": 3660,
  "stock": 30,
  "image": "img/folding-vase.png"
 },
 {
  "id": 104,
  "name": "enamel vase",
  "price": 15790,
  "stock": 34,
  "image": "img/enamel-vase.png"
 },
 {
  "id": 105,
  "name": "brass vase",
  "price": 7290,
  "stock": 63,
  "image": "img/brass-vase.png"
 },
 {
  "id": 106,
  "name": "woven vase",
  "price": 3400,
  "stock": 180,
  "image": "img/woven-vase.png"
 },
 {
  "id": 107,
  "name": "solar vase",
  "price": 19400,
  "stock": 25,
  "image": "img/solar-vase.png"
 },
 {
  "id": 108,
  "name": "tall vase",
  "price": 10300,
  "stock": 2,
  "image": "img/tall-vase.png"
 },
 {
  "id": 109,
  "name": "plain vase",
  "price": 8920,
  "stock": 15,
  "image": "img/plain-vase.png"
 },
 {
  "id": 110,
  "name": "red stool",
  "price": 1090,
  "stock": 119,
  "image": "img/red-stool.png"
 },
 {
  "id": 111,
  "name": "oak stool",
  "price": 13970,
  "stock": 124,
  "image": "img/oak-stool.png"
 },
 {
  "id": 112,
  "name": "small stool",
  "price": 1870,
  "stock": 45,
  "image": "img/small-stool.png"
 },
 {
  "id": 113,
  "name": "folding stool",
  "price": 15940,
  "stock": 174,
  "image": "img/folding-stool.png"
 },
 {
  "id": 114,
  "name": "enamel stool",
  "price": 11710,
  "stock": 143,
  "image": "img/enamel-stool.png"
 },
 {
  "id": 115,
  "name": "brass stool",
  "price": 12020,
  "stock": 48,
  "image": "img/brass-stool.png"
 },
 {
  "id": 116,
  "name": "woven stool",
  "price": 16450,
  "stock": 114,
  "image": "img/woven-stool.png"
 },
 {
  "id": 117,
  "name": "solar stool",
  "price": 18210,
  "stock": 130,
  "image": "img/solar-stool.png"
 },
 {
  "id": 118,
  "name": "tall stool",
  "price": 17040,
  "stock": 48,
  "image": "img/tall-stool.png"
 },
 {
  "id": 119,
  "name": "plain stool",
  "price": 6710,
  "stock": 187,
  "image": "img/plain-stool.png"
 }
];
