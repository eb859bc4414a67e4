// The names of the emoji a sales team's bot and its people are likely to use.
// A name that is not here stays as typed, which is what Slack does as well.

const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|wave 👋|clap 👏|pray 🙏|raised_hands 🙌|muscle 💪|ok_hand 👌|point_right 👉|point_left 👈|point_up 👆|point_down 👇|v ✌️|handshake 🤝|writing_hand ✍️|eyes 👀|brain 🧠
smile 😄|smiley 😃|grinning 😀|grin 😁|slightly_smiling_face 🙂|blush 😊|wink 😉|joy 😂|laughing 😆|thinking_face 🤔|neutral_face 😐|relieved 😌|sunglasses 😎|cry 😢|sob 😭|sweat_smile 😅|confused 😕|worried 😟|disappointed 😞|open_mouth 😮|zipper_mouth_face 🤐|shushing_face 🤫|sleeping 😴|partying_face 🥳|robot_face 🤖|ghost 👻|skull 💀
heart ❤️|blue_heart 💙|green_heart 💚|yellow_heart 💛|purple_heart 💜|broken_heart 💔|star ⭐|star2 🌟|sparkles ✨|fire 🔥|zap ⚡|boom 💥|tada 🎉|confetti_ball 🎊|trophy 🏆|medal 🏅|sports_medal 🏅|first_place_medal 🥇|second_place_medal 🥈|third_place_medal 🥉|gift 🎁|balloon 🎈|crown 👑|gem 💎|dart 🎯|rocket 🚀
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|no_entry ⛔|no_entry_sign 🚫|warning ⚠️|exclamation ❗|question ❓|grey_question ❔|grey_exclamation ❕|bangbang ‼️|interrobang ⁉️|information_source ℹ️|sos 🆘|stop_sign 🛑|octagonal_sign 🛑|100 💯
red_circle 🔴|large_orange_circle 🟠|orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫|red_square 🟥|large_red_square 🟥|large_orange_square 🟧|large_yellow_square 🟨|large_green_square 🟩|large_blue_square 🟦|white_large_square ⬜|black_large_square ⬛|white_small_square ▫️|black_small_square ▪️|small_blue_diamond 🔹|large_blue_diamond 🔷|small_orange_diamond 🔸
email ✉️|envelope ✉️|e-mail 📧|incoming_envelope 📨|envelope_with_arrow 📩|mailbox 📫|mailbox_with_mail 📬|inbox_tray 📥|outbox_tray 📤|phone ☎️|telephone ☎️|telephone_receiver 📞|iphone 📱|calling 📲|speech_balloon 💬|left_speech_bubble 🗨️|thought_balloon 💭|loudspeaker 📢|mega 📣|studio_microphone 🎙️|microphone 🎤|headphones 🎧|bell 🔔|no_bell 🔕|mute 🔇|sound 🔉|link 🔗|paperclip 📎|pushpin 📌|round_pushpin 📍
calendar 📆|date 📅|spiral_calendar_pad 🗓️|clock1 🕐|clock3 🕒|clock4 🕓|clock9 🕘|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|hourglass ⌛|hourglass_flowing_sand ⏳|watch ⌚|sunrise 🌅|sunny ☀️|sun_with_face 🌞|partly_sunny ⛅|cloud ☁️|rain_cloud 🌧️|snowflake ❄️|rainbow 🌈|crescent_moon 🌙|zzz 💤
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|clipboard 📋|memo 📝|pencil 📝|pencil2 ✏️|page_facing_up 📄|page_with_curl 📃|newspaper 📰|bookmark 🔖|bookmark_tabs 📑|card_index 📇|card_index_dividers 🗂️|file_folder 📁|open_file_folder 📂|wastebasket 🗑️|books 📚|book 📖|notebook 📓|ledger 📒|label 🏷️|mag 🔍|mag_right 🔎|lock 🔒|unlock 🔓|key 🔑|gear ⚙️|wrench 🔧|hammer_and_wrench 🛠️|toolbox 🧰|compass 🧭|map 🗺️|bulb 💡|flashlight 🔦|test_tube 🧪|magnet 🧲
bust_in_silhouette 👤|busts_in_silhouette 👥|office 🏢|house 🏠|factory 🏭|bank 🏦|briefcase 💼|necktie 👔|moneybag 💰|dollar 💵|euro 💶|credit_card 💳|receipt 🧾|package 📦|truck 🚚|airplane ✈️|palm_tree 🌴|beach_with_umbrella 🏖️|desert_island 🏝️|coffee ☕|tea 🍵|beers 🍻|cake 🍰|seedling 🌱|herb 🌿|four_leaf_clover 🍀|evergreen_tree 🌲|cactus 🌵
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_upper_right ↗️|arrow_lower_right ↘️|leftwards_arrow_with_hook ↩️|arrow_right_hook ↪️|arrows_counterclockwise 🔄|repeat 🔁|twisted_rightwards_arrows 🔀|fast_forward ⏩|rewind ⏪|arrow_forward ▶️|double_vertical_bar ⏸️|black_square_for_stop ⏹️|heavy_plus_sign ➕|heavy_minus_sign ➖|checkered_flag 🏁|triangular_flag_on_post 🚩|waving_white_flag 🏳️|door 🚪|bridge_at_night 🌉|speech 💬|new 🆕|ok 🆗|soon 🔜|back 🔙|end 🔚|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|snail 🐌|turtle 🐢|bee 🐝|owl 🦉|fox_face 🦊|bear 🐻|dog 🐶|cat 🐱|unicorn_face 🦄|crystal_ball 🔮|umbrella ☂️|anchor ⚓|ship 🚢|jigsaw 🧩|game_die 🎲|performing_arts 🎭|art 🎨`;

const BY_NAME = new Map(TABLE.trim().split(/[|\n]/).map((pair) => pair.split(" ")));

export const emoji = (name) => BY_NAME.get(name) || "";

// fromCode reads the "1f44b-1f3fb" form that rich_text carries beside a name.
export function fromCode(code) {
  try {
    return String.fromCodePoint(...code.split("-").map((part) => Number.parseInt(part, 16)));
  } catch {
    return "";
  }
}
