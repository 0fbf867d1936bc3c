; Khmer (1107): the words of NSIS's own pages that setup.nsi shows. NSIS brings none.

!insertmacro LANGFILE "Khmer" = "ខ្មែរ" "Khmer"

!ifdef MUI_INSTFILESPAGE
  ${LangFileString} MUI_TEXT_INSTALLING_TITLE "កំពុងដំឡើង"
  ${LangFileString} MUI_TEXT_INSTALLING_SUBTITLE "សូមរង់ចាំ ពេលកំពុងដំឡើង $(^NameDA)។"
  ${LangFileString} MUI_TEXT_FINISH_TITLE "ដំឡើងរួចរាល់"
  ${LangFileString} MUI_TEXT_FINISH_SUBTITLE "បានដំឡើងដោយជោគជ័យ។"
  ${LangFileString} MUI_TEXT_ABORT_TITLE "ដំឡើងមិនបានចប់"
  ${LangFileString} MUI_TEXT_ABORT_SUBTITLE "ការដំឡើងមិនបានចប់ទេ។"
!endif

!ifdef MUI_UNINSTFILESPAGE
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_TITLE "កំពុងលុប"
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_SUBTITLE "សូមរង់ចាំ ពេលកំពុងលុប $(^NameDA)។"
  ${LangFileString} MUI_UNTEXT_FINISH_TITLE "លុបរួចរាល់"
  ${LangFileString} MUI_UNTEXT_FINISH_SUBTITLE "បានលុបកម្មវិធី។ កំណត់ត្រានៅដដែល។"
  ${LangFileString} MUI_UNTEXT_ABORT_TITLE "លុបមិនបានចប់"
  ${LangFileString} MUI_UNTEXT_ABORT_SUBTITLE "ការលុបមិនបានចប់ទេ។"
!endif

!ifdef MUI_FINISHPAGE
  ${LangFileString} MUI_TEXT_FINISH_INFO_TITLE "$(^NameDA) រួចរាល់ហើយ"
  ${LangFileString} MUI_TEXT_FINISH_INFO_TEXT "បានដំឡើង $(^NameDA) លើកុំព្យូទ័រនេះហើយ។$\r$\n$\r$\nចុច «បញ្ចប់» ដើម្បីបិទផ្ទាំងនេះ។"
  ${LangFileString} MUI_TEXT_FINISH_INFO_REBOOT "ត្រូវបើកកុំព្យូទ័រឡើងវិញ ដើម្បីបញ្ចប់ការដំឡើង $(^NameDA)។ បើកឡើងវិញឥឡូវនេះឬ?"
  ${LangFileString} MUI_TEXT_FINISH_REBOOTNOW "បើកឡើងវិញឥឡូវនេះ"
  ${LangFileString} MUI_TEXT_FINISH_REBOOTLATER "ខ្ញុំនឹងបើកឡើងវិញពេលក្រោយ"
  ${LangFileString} MUI_TEXT_FINISH_RUN "បើក $(^NameDA) (&R)"
  ${LangFileString} MUI_TEXT_FINISH_SHOWREADME "អានព័ត៌មាន (&S)"
  ${LangFileString} MUI_BUTTONTEXT_FINISH "បញ្ចប់ (&F)"
!endif

!ifdef MUI_UNCONFIRMPAGE
  ${LangFileString} MUI_UNTEXT_CONFIRM_TITLE "លុប $(^NameDA)"
  ${LangFileString} MUI_UNTEXT_CONFIRM_SUBTITLE "លុបកម្មវិធីពីកុំព្យូទ័រនេះ។ កំណត់ត្រានៅដដែល។"
!endif

!ifdef MUI_ABORTWARNING
  ${LangFileString} MUI_TEXT_ABORTWARNING "ឈប់ដំឡើង $(^Name) ឬ?"
!endif

!ifdef MULTIUSER_INSTALLMODEPAGE
  ${LangFileString} MULTIUSER_TEXT_INSTALLMODE_TITLE "អ្នកណាប្រើ"
  ${LangFileString} MULTIUSER_TEXT_INSTALLMODE_SUBTITLE "ជ្រើសរើសថា ដំឡើង $(^NameDA) សម្រាប់អ្នកណា។"
  ${LangFileString} MULTIUSER_INNERTEXT_INSTALLMODE_TOP "បើបុគ្គលិកច្រើននាក់ប្រើកុំព្យូទ័រនេះ សូមជ្រើសរើស «កុំព្យូទ័រនេះ»។ បើអ្នកគ្មានសិទ្ធិអ្នកគ្រប់គ្រងរបស់ Windows សូមជ្រើសរើស «តែខ្ញុំ»។"
  ${LangFileString} MULTIUSER_INNERTEXT_INSTALLMODE_ALLUSERS "កុំព្យូទ័រនេះ៖ គណនី Windows ទាំងអស់"
  ${LangFileString} MULTIUSER_INNERTEXT_INSTALLMODE_CURRENTUSER "តែខ្ញុំ៖ គណនី Windows នេះប៉ុណ្ណោះ"
!endif
